import type { SourceLocation } from '../../model/index.ts';
import type { Located } from '../workflow/types.ts';

/** A Dockerfile as written, nothing expanded: https://docs.docker.com/reference/dockerfile/. */
export interface DockerfileFact {
  readonly path: string;
  readonly at: SourceLocation;
  /** Image of the frontend that `# syntax=` names. */
  readonly syntax?: string;
  /** Escape character, set by `# escape=`. */
  readonly escape: string;
  /** ARG instructions before the first FROM, in order. */
  readonly globalArgs: readonly ArgInstruction[];
  readonly stages: readonly Stage[];
}

/** From one FROM to the next. */
export interface Stage {
  /** Number from 0, which `COPY --from=0` uses. */
  readonly index: number;
  /** Name after AS, in lower case, as names are compared. */
  readonly name?: string;
  /** What stands after FROM, unexpanded. */
  readonly from: Located;
  readonly platform?: string;
  /** The FROM instruction. */
  readonly at: SourceLocation;
  readonly instructions: readonly Instruction[];
}

interface Base {
  readonly at: SourceLocation;
  /** The instruction on one line, continuation lines joined and comments left out. */
  readonly text: string;
}

/** A name with the value that ARG or ENV gives it, quotes and variables as written. */
export interface Assignment {
  readonly name: string;
  readonly value?: Located;
  readonly at: SourceLocation;
}

export interface ArgInstruction extends Base {
  readonly keyword: 'ARG';
  readonly assignments: readonly Assignment[];
}

interface EnvInstruction extends Base {
  readonly keyword: 'ENV';
  readonly assignments: readonly (Assignment & { readonly value: Located })[];
}

interface UserInstruction extends Base {
  readonly keyword: 'USER';
  readonly user: Located;
}

/** ADD or COPY. */
export interface TransferInstruction extends Base {
  readonly keyword: 'ADD' | 'COPY';
  /** Everything but the last word; heredocs are left out. */
  readonly sources: readonly Located[];
  readonly destination: string;
  readonly from?: Located;
  readonly checksum?: Located;
  readonly chown?: string;
  /** Texts of its heredocs. */
  readonly heredocs: readonly string[];
}

/** `RUN --mount=...`: https://docs.docker.com/reference/dockerfile/#run---mount. */
export interface Mount {
  readonly type: string;
  /** Stage or image that it mounts. */
  readonly from?: Located;
  readonly at: SourceLocation;
}

interface RunInstruction extends Base {
  readonly keyword: 'RUN';
  /** The command after the flags, shell or JSON form, as written. */
  readonly command: string;
  readonly mounts: readonly Mount[];
  readonly heredocs: readonly string[];
}

interface OnbuildInstruction extends Base {
  readonly keyword: 'ONBUILD';
  /** What a build from this image runs first. */
  readonly trigger: Instruction;
}

/** An instruction that none of our questions turns on. */
interface OtherInstruction extends Base {
  readonly keyword: 'OTHER';
  /** Its own keyword: WORKDIR, SHELL, CMD ... */
  readonly name: string;
  readonly arguments: string;
}

export type Instruction =
  | ArgInstruction
  | EnvInstruction
  | UserInstruction
  | TransferInstruction
  | RunInstruction
  | OnbuildInstruction
  | OtherInstruction;
