import { describe, expect, it } from 'vitest';
import { descend } from '../../../lib/yaml/index.ts';
import { releaseOf, shown } from '../../../../test/terraform/cluster.ts';

const BASE = '  name = "n"\n  chart = "c"\n';

describe('helmRelease', () => {
  it('reads what it installs, each with its place', () => {
    const release = releaseOf(
      `${BASE}  repository = "https://charts.example"\n  version = var.v\n  namespace = "s"`,
      'variable "v" {}',
    );
    expect(release).toMatchObject({
      path: 'main.tf',
      address: 'helm_release.x',
      at: { startLine: 2, route: 'helm_release.x' },
      chart: { text: 'c', at: { startLine: 4, route: 'helm_release.x chart' } },
      repository: { text: 'https://charts.example' },
      version: { text: '', unknown: 'var.v has no value' },
      namespace: { text: 's' },
      name: { text: 'n' },
    });
    expect(release).not.toHaveProperty('open');
  });

  it('merges documents in their order, then settings', () => {
    const release = releaseOf(`${BASE}
  values = [
    "a: {b: 1, c: [1, 2]}\\nd: x",
    yamlencode({ a = { c = [3] }, e = null }),
  ]
  set {
    name  = "a.b"
    value = "2"
  }
  set {
    name  = "pod.node\\\\.io/x[1]"
    value = "true"
    type  = "string"
  }
  set_list {
    name  = "list"
    value = ["p", "q"]
  }
  set_sensitive {
    name  = "d"
    value = "s"
  }`);
    expect(shown(release.values)).toEqual({
      a: { b: 2, c: [3] },
      d: 's',
      e: null,
      pod: { 'node.io/x': [null, 'true'] },
      list: ['p', 'q'],
    });
    expect(descend(release.values, 'a', 'c', 0)?.at).toMatchObject({
      startLine: 8,
      route: 'helm_release.x values.a.c[0]',
    });
    expect(descend(release.values, 'a', 'b')?.at).toMatchObject({ startLine: 12, route: 'helm_release.x values.a.b' });
  });

  it('reads settings as attributes, as the third version of the provider has them', () => {
    expect(
      shown(releaseOf(`${BASE}  set = [{ name = "a.b", value = "x" }, { name = "n", value = 0 }]`).values),
    ).toEqual({ a: { b: 'x' }, n: 0 });
  });

  it('keeps what is not known, and does not lose what may stand beside it', () => {
    const values = 'variable "u" {}\nvariable "v" {}';
    expect(
      shown(releaseOf(`${BASE}  values = [yamlencode({ a = var.u, b = 1 }), "a: {c: 1}"]`, values).values),
    ).toEqual({ a: { $unknown: 'var.u has no value' }, b: 1 });
    expect(shown(releaseOf(`${BASE}  values = ["a: {c: \${var.u}}"]`, values).values)).toEqual({
      a: { c: { $unknown: 'var.u has no value' } },
    });
    const open = releaseOf(`${BASE}  values = ["a: 1", var.u, "b: 2"]`, values);
    expect(shown(open.values)).toEqual({ b: 2 });
    expect(open.open).toContain('var.u has no value');
    expect(releaseOf(`${BASE}  set {\n    name = var.u\n    value = "x"\n  }`, values).open).toContain(
      'var.u has no value',
    );
    expect(shown(releaseOf(`${BASE}  set {\n    name = "a"\n    value = var.u\n  }`, values).values)).toEqual({
      a: { $unknown: 'var.u has no value' },
    });
  });

  it('names what else decides', () => {
    expect(releaseOf(`${BASE}  reuse_values = true`).open).toContain('reuse_values');
    expect(releaseOf(`${BASE}  postrender { binary_path = "x" }`).open).toContain('postrender');
    expect(releaseOf(`${BASE}  reuse_values = false`)).not.toHaveProperty('open');
    expect(releaseOf(`${BASE}  values = ["a: [}"]`).open).toContain('not known');
  });
});
