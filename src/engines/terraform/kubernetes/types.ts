import type { KubernetesFact } from '../../../facts/kubernetes/types.ts';
import type { Located } from '../../../facts/workflow/types.ts';
import type { YamlNode } from '../../../lib/yaml/index.ts';
import type { Gap, SourceLocation } from '../../../model/index.ts';

/** What a Terraform configuration puts into a cluster. */
export interface TerraformKubernetes {
  /** Objects as YAML would give them; every node's place is in the Terraform files, its route starts with the address. */
  readonly facts: readonly KubernetesFact[];
  readonly charts: readonly HelmRelease[];
  /** Resources that are not read, or whose object is not known. */
  readonly unread: readonly Gap[];
}

/** A chart as `helm_release` installs it: https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release. */
export interface HelmRelease {
  readonly path: string;
  readonly at: SourceLocation;
  /** Address of the resource. */
  readonly address: string;
  /** Folder of the root module, which paths of charts start from; '' for the root. */
  readonly rootFolder?: string;
  /** Program and version that rendered it: its objects are Kubernetes facts. */
  readonly rendered?: string;
  /** Chart as written: a name, `alias/name`, an `oci://` or `https://` address, or a folder. */
  readonly chart: Located;
  readonly repository?: Located;
  /** Version of the chart; absent: the newest when it is applied. */
  readonly version?: Located;
  readonly namespace?: Located;
  /** Name of the release. */
  readonly name: Located;
  /** What `values`, `set`, `set_list` and `set_sensitive` say, merged as Helm does; unknown parts are unknown nodes. */
  readonly values: YamlNode;
  /** Set where keys that are missing in `values` may all the same be set, or what is installed is changed: why. */
  readonly open?: string;
}
