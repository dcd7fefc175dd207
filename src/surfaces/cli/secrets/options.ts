export const SECRET_FORMATS = ['text', 'json', 'sarif', 'csv', 'junit'] as const;
export type SecretFormat = (typeof SECRET_FORMATS)[number];

/** Options of `fourproof secrets scan`, as commander gives them. */
export interface ScanCommandOptions {
  readonly config?: string;
  readonly staged?: boolean;
  readonly history?: boolean;
  /** `base..head` */
  readonly range?: string;
  readonly baseline?: string;
  readonly redact: boolean;
  readonly format: SecretFormat;
  readonly output?: string;
  readonly decodeDepth: number;
  readonly archiveDepth: number;
  readonly threads: number;
}
