import { kubernetesReader } from '../../src/facts/kubernetes/reader.ts';
import type { KubernetesFact } from '../../src/facts/kubernetes/types.ts';

/** A Kubernetes object as plain data. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly spec?: unknown;
}

/** Objects as the reader of manifests gives them. */
export async function factsOf(objects: readonly KubernetesObject[]): Promise<KubernetesFact[]> {
  const texts = objects.map((object) => JSON.stringify(object, null, 1)).join('\n---\n');
  return factsOfText(texts);
}

/** Manifests as the reader gives them. */
export async function factsOfText(text: string, path = 'all.yaml'): Promise<KubernetesFact[]> {
  const { facts, unread } = await kubernetesReader.read({ path, text }, { paths: new Set() });
  const [first] = unread;
  if (first !== undefined) throw new Error(`${first.path}: ${first.message}`);
  return [...facts];
}
