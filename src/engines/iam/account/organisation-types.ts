import type { SourceLocation } from '../../../model/index.ts';
import type { BoundedPolicy } from '../types.ts';
import type { WorldGap } from './types.ts';

/** An organisation: its tree, and the policies that bind at each node. */
export interface Organisation {
  readonly source: string;
  readonly at: SourceLocation;
  /** Id of the management account, or its stand-in. */
  readonly management?: string;
  readonly root: OrganisationNode;
  /** Every node below the root and the root itself, by id. */
  readonly nodes: ReadonlyMap<string, OrganisationNode>;
  /** Whether policies of the type are switched on: without it none binds. */
  readonly enabled: { readonly serviceControl: boolean | 'unknown'; readonly resourceControl: boolean | 'unknown' };
  /** Accounts that administer a service for the organisation. */
  readonly delegated: readonly { readonly account: string; readonly service: string; readonly at: SourceLocation }[];
  readonly gaps: readonly WorldGap[];
}

/** The root, a unit or an account. */
export interface OrganisationNode {
  /** `r-…`, `ou-…`, an account id, or a stand-in. */
  readonly id: string;
  readonly kind: 'root' | 'unit' | 'account';
  /** Name of the unit or account; `Root`. */
  readonly name: string;
  /** Address of the resource, or path of the export. */
  readonly source: string;
  readonly at: SourceLocation;
  /** Undefined for the root, and where it is not known. */
  readonly parent?: string;
  readonly serviceControl: readonly ControlPolicy[];
  readonly resourceControl: readonly ControlPolicy[];
}

/** An SCP or RCP at a node. */
export interface ControlPolicy {
  readonly name: string;
  readonly source: string;
  readonly policy: BoundedPolicy;
  /** Length of its text in characters, where it is known: quotas count it. */
  readonly size?: number;
  /** Where it stands. */
  readonly at: SourceLocation;
  /** Where it is attached. */
  readonly attachedAt: SourceLocation;
}
