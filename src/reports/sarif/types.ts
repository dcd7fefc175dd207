/** The part of SARIF 2.1.0 that is written here; section numbers are those of the OASIS standard. */

/** 3.11, with text only. */
export interface Message {
  readonly text: string;
  readonly markdown?: string;
}

/** 3.28, with the parts of a physical location. */
export interface Location {
  readonly id?: number;
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
    readonly region: Region;
    readonly contextRegion?: Region;
  };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
  readonly message?: Message;
}

/** 3.30. */
export interface Region {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endLine: number;
  readonly endColumn?: number;
  readonly snippet?: { readonly text: string };
}

/** 3.49. */
export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: Message;
  readonly fullDescription: Message;
  readonly help: Message;
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: Level };
  readonly properties: {
    readonly tags: readonly string[];
    readonly 'security-severity': string;
  };
}

export type Level = 'none' | 'note' | 'warning' | 'error';

/** 3.27. */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: 'fail' | 'pass' | 'open';
  readonly level: Level;
  readonly message: Message;
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly Location[];
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly { readonly locations: readonly ThreadFlowLocation[] }[];
  }[];
  readonly partialFingerprints: { readonly 'fourproof/v1': string };
  readonly suppressions?: readonly Suppression[];
  readonly properties: { readonly [name: string]: unknown };
}

/** 3.38. */
export interface ThreadFlowLocation {
  readonly location: Location;
  readonly kinds: readonly string[];
  readonly importance: 'important' | 'essential';
}

/** 3.35. */
export interface Suppression {
  readonly kind: 'external';
  readonly status: 'accepted';
  readonly justification: string;
}

/** 3.58. */
export interface Notification {
  readonly level: Level;
  readonly message: Message;
  readonly descriptor?: { readonly id: string };
  readonly locations?: readonly Location[];
}
