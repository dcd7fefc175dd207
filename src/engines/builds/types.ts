import type { DockerfileFact } from '../../facts/dockerfile/types.ts';
import type { GapReason, SourceLocation } from '../../model/index.ts';

/** A text after its variables were filled in, as far as the sources say. */
export type Resolved =
  | { readonly known: true; readonly text: string }
  | {
      readonly known: false;
      /** As it was written. */
      readonly written: string;
      /** A glob: what is known, with `*` for what is not. */
      readonly pattern: string;
      /** Names that nothing in sight gives a value. */
      readonly missing: readonly string[];
    };

/** One place where the product builds a Dockerfile. */
export interface Build {
  /** Path of the Dockerfile, or a glob where a part of it is not known. */
  readonly dockerfile: Resolved;
  readonly target?: Resolved;
  readonly args: ReadonlyMap<string, Resolved>;
  /** `os/arch`, `linux/amd64` where none is given. */
  readonly platforms: readonly string[];
  /** `--build-context name=value`. */
  readonly contexts: ReadonlyMap<string, string>;
  /** Names that the image is given, a `*` for what is not known. */
  readonly names: readonly string[];
  /** Whether the image leaves the build: it has a name, is pushed or is run by compose. */
  readonly kept: boolean;
  readonly at: SourceLocation;
  /** The place for people: `.github/workflows/publish.yml jobs.publish.steps[1]`. */
  readonly where: string;
  /** Compose service that runs the image. */
  readonly service?: string;
}

/** An image that the product makes: a Dockerfile with a target and arguments, and every build that makes it. */
export interface BuiltImage {
  readonly file: DockerfileFact;
  readonly target?: string;
  readonly args: ReadonlyMap<string, Resolved>;
  readonly platform: string;
  readonly contexts: ReadonlyMap<string, string>;
  readonly names: readonly string[];
  /** None where no build is in sight: the last stage and the defaults are then assumed. */
  readonly builds: readonly Build[];
  /** `orders/Dockerfile (target runtime, from .github/workflows/publish.yml jobs.publish.steps[1])`. */
  readonly label: string;
}

/** Something about the builds that the sources leave open. */
export interface Doubt {
  readonly reason: GapReason;
  readonly message: string;
  readonly at?: SourceLocation;
  readonly closes?: string;
  /** Set where a Dockerfile is built that is not read. */
  readonly unread?: true;
}

export interface ProductBuilds {
  readonly images: readonly BuiltImage[];
  readonly doubts: readonly Doubt[];
}

/** What a source of builds found. */
export interface FoundBuilds {
  readonly builds: readonly Build[];
  readonly doubts: readonly Doubt[];
}
