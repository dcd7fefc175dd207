import { describe, expect, it } from 'vitest';
import { descend } from '../../../lib/yaml/index.ts';
import { clusterOf, shown } from '../../../../test/terraform/cluster.ts';

describe('kubernetes_manifest', () => {
  it('is the object itself, lists opened, unknown parts kept', () => {
    const { facts, unread } = clusterOf(`variable "image" {}
resource "kubernetes_manifest" "a" {
  manifest = {
    apiVersion = "v1"
    kind       = "List"
    items = [
      { apiVersion = "v1", kind = "Pod", metadata = { name = "p", namespace = "n" }, spec = { containers = [{ name = "c", image = var.image }] } },
      { apiVersion = "v1", kind = "Namespace", metadata = { name = "n" } },
    ]
  }
}`);
    expect(unread).toEqual([]);
    expect(facts.map(({ kind, name }) => [kind, name])).toEqual([
      ['Pod', 'p'],
      ['Namespace', 'n'],
    ]);
    expect(facts[0]?.pod?.containers[0]?.image).toEqual({
      text: '',
      unknown: 'var.image has no value',
      at: expect.objectContaining({
        path: 'main.tf',
        startLine: 7,
        route: 'kubernetes_manifest.a items[0].spec.containers[0].image',
      }),
    });
  });

  it('whose kind is not known is a gap', () => {
    const { facts, unread } = clusterOf(
      'variable "m" {}\nresource "kubernetes_manifest" "a" {\n  manifest = var.m\n}\nresource "kubernetes_manifest" "b" {\n  manifest = { a = 1 }\n}\nresource "kubernetes_manifest" "c" {}',
    );
    expect(facts).toEqual([]);
    expect(unread.map(({ reason }) => reason)).toEqual(['unresolved-value', 'unparsed-file', 'unresolved-value']);
    expect(unread[0]?.message).toContain('var.m has no value');
  });
});

describe('kubectl_manifest', () => {
  const manifest = (body: string, more = '') =>
    clusterOf(`${more}\nresource "kubectl_manifest" "m" {\n  yaml_body = ${body}\n}\n`);

  it('reads a heredoc at its lines', () => {
    const { facts } = manifest(
      '<<-YAML\n    apiVersion: v1\n    kind: Pod\n    metadata: {name: a}\n    spec:\n      containers:\n        - image: x:1\n    ---\n    apiVersion: v1\n    kind: Namespace\n    YAML',
    );
    expect(facts.map(({ kind }) => kind)).toEqual(['Pod', 'Namespace']);
    expect(facts[0]?.pod?.containers[0]?.image).toMatchObject({
      text: 'x:1',
      at: { startLine: 9, route: 'kubectl_manifest.m spec.containers[0].image' },
    });
    expect(descend(facts[1]?.root, 'kind')?.at.startLine).toBe(12);
  });

  it('reads interpolations, and leaves holes where they are not known', () => {
    const { facts, unread } = manifest(
      '<<YAML\napiVersion: v1\nkind: Pod\nmetadata:\n  name: "${var.known}-${var.open}"\n  namespace: ${var.known}\nspec:\n  hostNetwork: true\n  containers:\n  - image: x:${var.open}\n    name: c(1)[a]\nYAML',
      'variable "known" { default = "k" }\nvariable "open" {}',
    );
    expect(unread).toEqual([]);
    expect(shown(facts[0]?.root)).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: { $unknown: 'var.open has no value' }, namespace: 'k' },
      spec: { hostNetwork: true, containers: [{ image: { $unknown: 'var.open has no value' }, name: 'c(1)[a]' }] },
    });
    expect(facts[0]).toMatchObject({ namespace: 'k' });
    expect(facts[0]).not.toHaveProperty('name');
  });

  it.each([
    [
      'lines that may be any number',
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: x\n%{ for i in var.open }\n  - image: ${i}\n%{ endfor }\n',
    ],
    ['all of it', '${var.open}\n'],
    ['an indented part', 'apiVersion: v1\nkind: Pod\nspec:\n  ${indent(2, var.open)}\n'],
    ['the kind', 'apiVersion: v1\nkind: ${var.open}\n'],
  ])('is a gap where a hole is %s', (_, text) => {
    const { facts, unread } = manifest(`<<YAML\n${text}YAML`, 'variable "open" {}');
    expect(facts).toEqual([]);
    expect(unread).toMatchObject([
      { reason: 'unresolved-value', message: expect.stringContaining('var.open has no value') },
    ]);
  });

  it('takes what yamlencode encodes, with the places of its parts', () => {
    const { facts } = manifest(
      'yamlencode({\n    apiVersion = "v1"\n    kind = "Pod"\n    spec = { containers = [{ image = var.open }] }\n  })',
      'variable "open" {}',
    );
    expect(facts[0]?.pod?.containers[0]?.image).toMatchObject({
      unknown: 'var.open has no value',
      at: { startLine: 6 },
    });
  });

  it('reads template files and files at their place', () => {
    const files = {
      'main.tf':
        'resource "kubectl_manifest" "m" {\n  yaml_body = templatefile("p.tftpl", {})\n}\nresource "kubectl_manifest" "n" {\n  yaml_body = file("p.tftpl")\n}',
      'p.tftpl': 'apiVersion: v1\nkind: Pod\nspec:\n  containers: [{image: x}]\n',
    };
    const { facts, unread } = clusterOf(files);
    expect(unread).toEqual([]);
    expect(facts.map(({ path }) => path)).toEqual(['main.tf', 'main.tf']);
    expect(facts.map(({ pod }) => pod?.containers[0]?.image?.at)).toMatchObject([
      { path: 'p.tftpl', startLine: 4, startColumn: 24, endColumn: 25 },
      { path: 'main.tf', startLine: 5 },
    ]);
  });

  it('names broken YAML, and follows override_namespace', () => {
    expect(manifest('"a: [}"').unread).toMatchObject([
      { reason: 'unparsed-file', at: { path: 'main.tf', startLine: 3 } },
    ]);
    const { facts } = manifest(
      '"{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: b}}"\n  override_namespace = "c"',
    );
    expect(facts[0]).toMatchObject({ name: 'a', namespace: 'c' });
  });
});
