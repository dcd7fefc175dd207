import type { SourceLocation } from '../../model/index.ts';
import type { Located } from '../workflow/types.ts';

/** A kustomization or a component of one: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/. */
export interface KustomizationFact {
  readonly path: string;
  readonly at: SourceLocation;
  /** Folder that its paths start from; '' for the root. */
  readonly folder: string;
  /** A component is a part of others and cannot be built alone. */
  readonly isComponent: boolean;
  /** Files, folders and addresses that objects come from: `resources`, `bases` and `components`. */
  readonly resources: readonly Located[];
  readonly namespace?: Located;
  readonly namePrefix?: Located;
  readonly nameSuffix?: Located;
  /** `commonLabels`, and the pairs of `labels`, by key. */
  readonly labels: ReadonlyMap<string, Located>;
  readonly images: readonly ImageChange[];
  readonly replicas: readonly { readonly name: Located; readonly count?: Located }[];
  readonly generators: readonly GeneratorFact[];
  readonly patches: readonly PatchFact[];
  /** Fields that values of other objects are put into. */
  readonly replacements: readonly ReplacementFact[];
  /** Other files that a build reads: `configurations`, `crds`, `openapi`. */
  readonly files: readonly Located[];
  /** `generators`, `transformers`, `validators`, `helmCharts`: programs, or charts from elsewhere. */
  readonly plugins: readonly Located[];
  /** Program and version that rendered it: what it changes is seen in the rendered objects. */
  readonly rendered?: string;
  /** Why it was not rendered although that was asked for. */
  readonly unrendered?: string;
}

/** An entry of `images`: what is put in the place of an image. */
export interface ImageChange {
  readonly name: Located;
  readonly newName?: Located;
  readonly newTag?: Located;
  readonly digest?: Located;
}

/** An entry of `configMapGenerator` or `secretGenerator`. */
export interface GeneratorFact {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly at: SourceLocation;
  readonly name?: Located;
  readonly namespace?: Located;
  /** Values that stand in the kustomization itself; of a secret they are in git. */
  readonly literals: readonly { readonly key: string; readonly value: Located }[];
  /** Files whose text is the value; the key is the file's name where none is given. */
  readonly files: readonly { readonly key: string; readonly file: Located }[];
  /** Files of `KEY=value` lines. */
  readonly envs: readonly Located[];
}

/** A patch: a list of JSON operations (RFC 6902) or a part of an object. */
export interface PatchFact {
  readonly at: SourceLocation;
  /** Its text, where it stands in the kustomization. */
  readonly text?: Located;
  /** The file that holds it. */
  readonly file?: Located;
  /** What it is applied to; absent: to the object that it names itself. */
  readonly target?: TargetFact;
}

/** A selector of objects; every part is a regular expression over the whole value. */
export interface TargetFact {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  /** `labelSelector` or `annotationSelector` as written. */
  readonly selector?: string;
}

/** An entry of `replacements`. */
export interface ReplacementFact {
  readonly at: SourceLocation;
  /** The file that holds it. */
  readonly file?: Located;
  readonly targets: readonly { readonly select: TargetFact; readonly fields: readonly Located[] }[];
}
