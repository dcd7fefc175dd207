import { describe, expect, it } from 'vitest';
import type { YamlNode } from '../../../lib/yaml/index.ts';
import { clusterOf, releaseOf } from '../../../../test/terraform/cluster.ts';
import { object, text } from '../make.ts';
import type { TfValue } from '../value.ts';
import { nodeBudget, nodeOf } from './node.ts';

const ORIGIN = { at: { path: 'a.tf', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 }, what: 'literal' };

function count(node: YamlNode): number {
  if (node.kind === 'scalar') return 1;
  const below = node.kind === 'list' ? node.items : node.entries.map(({ value }) => value);
  return below.reduce((sum, one) => sum + count(one), 1);
}

describe('bad input', () => {
  it('that shares its parts does not grow without bound', () => {
    let value: TfValue = text('x', ORIGIN);
    for (let at = 0; at < 40; at++) {
      value = object(
        [
          ['a', value],
          ['b', value],
        ],
        ORIGIN,
      );
    }
    const budget = nodeBudget();
    expect(count(nodeOf(value, 'x.y', budget))).toBeLessThan(1_000_000);
  });

  it('that nests deeply ends in an unknown part', () => {
    let value: TfValue = text('x', ORIGIN);
    for (let at = 0; at < 5000; at++) value = object([['a', value]], ORIGIN);
    expect(JSON.stringify(nodeOf(value, 'x.y', nodeBudget()))).toContain('nested too deeply');
  });

  it('of YAML is a gap', () => {
    for (const body of [
      '"${join("", [for i in range(2000) : "["])}"',
      '"&a [*a]"',
      '"\\u0000: ["',
      '"%YAML 9.9"',
      '5',
      '[]',
    ]) {
      const { facts, unread } = clusterOf(`resource "kubectl_manifest" "m" {\n  yaml_body = ${body}\n}`);
      expect(facts).toEqual([]);
      expect(unread.length).toBeGreaterThan(0);
    }
  });

  it('of blocks is read as far as it goes', () => {
    const { facts } = clusterOf(
      'resource "kubernetes_pod" "p" {\n  metadata = "x"\n  spec = [1, null, {}]\n}\nresource "kubernetes_deployment" "d" {\n  spec {}\n  spec { replicas = 1 }\n}\nresource "kubernetes_secret" "s" {\n  data = ["x"]\n}',
    );
    expect(facts.map(({ kind }) => kind)).toEqual(['Pod', 'Deployment', 'Secret']);
    expect(facts[1]?.pod?.containers[0]?.image?.unknown).toBe('spec is written 2 times');
  });

  it('of settings leaves the values open', () => {
    const hostile =
      'set = [{ name = "a[99999999]", value = "x" }, { name = "__proto__.polluted", value = "x" }, { value = 1 }, 5, null]';
    const release = releaseOf(`  name = "n"\n  chart = "c"\n  ${hostile}`);
    expect(release.open).toBeDefined();
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
