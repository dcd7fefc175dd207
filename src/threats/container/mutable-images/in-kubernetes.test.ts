import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../../../test/terraform/cluster.ts';
import { factsOfTexts } from '../../../../test/gate-facts.ts';
import { inKubernetes } from './in-kubernetes.ts';
import type { Reference } from './reference.ts';

async function referencesOf(source: string): Promise<Reference[]> {
  const { facts, tree } = await factsOfTexts({});
  return inKubernetes({
    product: { name: 'p', paths: ['.'] },
    tree,
    repository: tree,
    terraform: { roots: [], releases: [] },
    terraformModules: [],
    iamTexts: () => ({ services: '', managedPolicies: '' }),
    facts: { ...facts, kubernetes: clusterOf(`variable "v" {}\n${source}`).facts },
    declared: {},
    secretRules: [],
    now: new Date(0),
  });
}

const POD = (spec: string): string =>
  `resource "kubernetes_manifest" "p" {\n  manifest = { apiVersion = "v1", kind = "Pod", spec = ${spec} }\n}`;

describe('images that are not known', () => {
  it.each([
    ['the image', '{ containers = [{ name = "a", image = var.v }] }'],
    ['part of it', '{ containers = [{ name = "a", image = "x:${var.v}" }] }'],
    ['the container', '{ containers = [var.v] }'],
    ['the containers', '{ containers = var.v }'],
    ['the pod', 'var.v'],
    ['an image volume', '{ containers = [], volumes = [{ image = { reference = var.v } }] }'],
  ])('are references without a text: %s', async (_, spec) => {
    const references = await referencesOf(POD(spec));
    expect(references).toHaveLength(1);
    expect(references[0]).toMatchObject({ text: undefined, unknown: 'var.v has no value', at: { path: 'main.tf' } });
  });

  it('are read beside those that are known', async () => {
    const references = await referencesOf(POD('{ containers = [{ image = "x:1" }, { image = var.v }] }'));
    expect(references.map(({ text, unknown }) => text ?? unknown)).toEqual(['x:1', 'var.v has no value']);
  });
});
