import type { YamlNode } from '../../lib/yaml/index.ts';
import type { SourceLocation } from '../../model/index.ts';
import type { Located } from '../workflow/types.ts';

/** A Kubernetes object as it stands in a manifest. */
export interface KubernetesFact {
  readonly path: string;
  readonly at: SourceLocation;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  /** The whole object, with the place of every value. */
  readonly root: YamlNode;
  /** The pod that it runs, for every kind that carries one. */
  readonly pod?: PodFact;
  /** Program and version that rendered it from a chart or a kustomization; its places are the tops of files then. */
  readonly rendered?: string;
}

export interface PodFact {
  readonly at: SourceLocation;
  readonly containers: readonly ContainerFact[];
  /** `securityContext.runAsUser` of the pod, as written. */
  readonly runAsUser?: Located;
  readonly runAsNonRoot?: Located;
}

export interface ContainerFact {
  readonly list: 'containers' | 'initContainers' | 'ephemeralContainers';
  readonly name: string;
  readonly at: SourceLocation;
  readonly image?: Located;
  readonly imagePullPolicy?: Located;
  /** The container's own `securityContext.runAsUser`, which outranks the pod's. */
  readonly runAsUser?: Located;
  readonly runAsNonRoot?: Located;
}
