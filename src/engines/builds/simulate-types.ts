/** One build, concrete. */
export interface SimulationInput {
  readonly text: string;
  readonly target: string;
  /** Values of the build arguments; null where one is given and not known. */
  readonly args: ReadonlyMap<string, string | null>;
  readonly platform: string;
  readonly contexts: ReadonlyMap<string, string>;
  /** What an argument that is neither given nor has a default stands for: nothing, or unknown where no build is in sight. */
  readonly absent: '' | null;
  /** Variables of the environment of an image from outside that are known. */
  readonly baseEnv?: (reference: string) => ReadonlyMap<string, string> | undefined;
}

/** What a build left behind. */
export interface Simulation {
  readonly ok: boolean;
  /** User of the image's configuration; null where it is not known; absent where the base's own holds. */
  readonly user?: string | null;
  /** Reference of the image that the image's layers start from; `scratch`; null where it is not known. */
  readonly base: string | null;
  /** References of all images that were pulled; null for one that is not known. */
  readonly pulled: readonly (string | null)[];
  /** Sources that ADD fetched, with their checksum. */
  readonly fetched: readonly { readonly source: string; readonly checksum: string }[];
  /** User ids that commands of the image's stages gave to names. */
  readonly ids: ReadonlyMap<string, string>;
  /** Names with values that ENV left in the configuration and ARG in the history. */
  readonly left: readonly { readonly keyword: 'ARG' | 'ENV'; readonly name: string; readonly value: string | null }[];
  readonly steps: readonly string[];
}
