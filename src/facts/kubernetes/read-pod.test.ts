import { describe, expect, it } from 'vitest';
import type { YamlNode } from '../../lib/yaml/index.ts';
import { readPod } from './read-pod.ts';

const AT = { path: 'main.tf', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
const unknown: YamlNode = { kind: 'scalar', at: AT, value: null, unknown: 'var.x has no value' };

function map(entries: Readonly<Record<string, YamlNode>>): YamlNode {
  return { kind: 'map', at: AT, entries: Object.entries(entries).map(([key, value]) => ({ key, keyAt: AT, value })) };
}

function list(...items: readonly YamlNode[]): YamlNode {
  return { kind: 'list', at: AT, items };
}

describe('a pod of which parts are not known', () => {
  it.each([
    ['its spec', map({ spec: unknown })],
    ['its containers', map({ spec: map({ containers: unknown }) })],
    ['a container', map({ spec: map({ containers: list(unknown) }) })],
    ['an image', map({ spec: map({ containers: list(map({ image: unknown })) }) })],
  ])('has a container with an image that is not known: %s', (_, root) => {
    const containers = readPod('v1', 'Pod', root)?.containers;
    expect(containers).toHaveLength(1);
    expect(containers?.[0]?.image).toEqual({ text: '', at: AT, unknown: 'var.x has no value' });
  });

  it('is a pod also where the way to its spec is not known', () => {
    expect(
      readPod('apps/v1', 'Deployment', map({ spec: map({ template: unknown }) }))?.containers[0]?.image?.unknown,
    ).toBe('var.x has no value');
    expect(readPod('apps/v1', 'Deployment', map({ spec: map({}) }))).toBeUndefined();
  });

  it('has a user that is not known where its security context is not', () => {
    const pod = readPod(
      'v1',
      'Pod',
      map({ spec: map({ securityContext: unknown, containers: list(map({ securityContext: unknown })) }) }),
    );
    expect(pod?.runAsUser?.unknown).toBe('var.x has no value');
    expect(pod?.runAsNonRoot?.unknown).toBe('var.x has no value');
    expect(pod?.containers[0]?.runAsUser?.unknown).toBe('var.x has no value');
    expect(pod?.containers[0]).not.toHaveProperty('image');
  });
});
