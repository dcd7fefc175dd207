/** What a well-known chart installs, as its documentation says on a date: data that other engines may ask. */

/** What a chart brings into a cluster. */
export type AddOn =
  | 'kyverno'
  | 'gatekeeper'
  | 'calico'
  | 'cilium'
  | 'secrets-store-csi-driver'
  | 'secrets-store-csi-driver-provider-aws'
  | 'aws-load-balancer-controller'
  | 'external-secrets'
  | 'cert-manager'
  | 'ingress-nginx'
  | 'metrics-server'
  | 'cluster-autoscaler';

/** A summary of one chart. */
export interface ChartSummary {
  /** Name of the chart. */
  readonly chart: string;
  readonly installs: AddOn;
  /** Year and month in which the summary was written. */
  readonly date: string;
  /** Oldest version of the chart that it describes; defaults of older ones may differ. */
  readonly from: string;
  /** Where the project publishes the chart, each a start of an address. */
  readonly repositories: readonly string[];
  readonly images: readonly ImageRule[];
  /** Paths of values that add whole containers. */
  readonly containers?: readonly string[];
  /** Values that switch on parts that the summary does not describe. */
  readonly beyond?: readonly { readonly when: Condition; readonly what: string }[];
  /** Why the images of this chart are never all known. */
  readonly never?: string;
  readonly settings: readonly ChartSetting[];
}

/** Where values say which image is run. */
export interface ImageRule {
  /** What runs it: `admission controller`. */
  readonly role: string;
  /** Path of the values of the image, for its place. */
  readonly path: string;
  /** A whole reference, which outranks the parts. */
  readonly override?: Part;
  readonly registry?: Part;
  readonly repository: Part;
  /** Stands behind the repository. */
  readonly suffix?: string;
  /** No default: the chart decides by its version. */
  readonly tag: Part;
  readonly digest?: DigestPart;
  /** It runs where all of these hold. */
  readonly when?: readonly Condition[];
}

/** A part of a reference: the first of these values that is not empty, otherwise the default. */
export interface Part {
  readonly from: readonly string[];
  readonly default?: string;
}

export interface DigestPart extends Part {
  /** A switch without which the digest is not used; on where it is not given. */
  readonly use?: string;
  /** The default is a digest that belongs to the version of the chart. */
  readonly byChart?: true;
  /** The digest stands instead of the tag. */
  readonly replacesTag?: true;
}

/** A value that must be `is`; `default` counts where it is not given. */
export interface Condition {
  readonly path: string;
  readonly is: string;
  readonly default: string;
}

/** A value that decides what an add-on does. */
export interface ChartSetting {
  readonly name: string;
  readonly path: string;
  /** What counts where it is not given; undefined where the chart decides, or a list that is not repeated here. */
  readonly default?: string | number | boolean | readonly string[] | null;
  /** In one sentence. */
  readonly meaning: string;
}
