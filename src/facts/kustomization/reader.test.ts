import { describe, expect, it } from 'vitest';
import { kustomizationReader } from './reader.ts';
import type { KustomizationFact } from './types.ts';

const tools = { paths: new Set<string>() };

async function read(text: string, path = 'overlays/prod/kustomization.yaml'): Promise<KustomizationFact | undefined> {
  return (await kustomizationReader.read({ path, text }, tools)).facts[0];
}

describe('kustomizationReader', () => {
  it('reads fields in any case, as kustomize does, and none that is named twice', async () => {
    const fact = await read('Resources: [a.yaml]\nBA\u017fES: [https://example.org/x]\nHELMcharts: [{Name: web}]\n');
    expect(fact?.resources.map(({ text }) => text)).toEqual(['a.yaml', 'https://example.org/x']);
    expect(fact?.plugins.map(({ text }) => text)).toEqual(['helmCharts: web']);
    const text = 'resources: [a.yaml]\nRESOURCES: [b.yaml]\n';
    const seen = await kustomizationReader.read({ path: 'kustomization.yaml', text }, tools);
    expect(seen).toMatchObject({ facts: [], unread: [{ reason: 'unparsed-file' }] });
  });

  it('reads what is taken in and how names change', async () => {
    const fact = await read(`resources: [../../base, web.yaml]
components:
- ../../parts/tls
namespace: shop
namePrefix: prod-
nameSuffix: -v1
commonLabels: {app: web}
labels:
- pairs: {team: a}
  includeSelectors: true
replicas:
- {name: web, count: 3}
configurations: [names.yaml]
openapi: {path: schema.json}
`);
    expect(fact).toMatchObject({
      folder: 'overlays/prod',
      isComponent: false,
      namespace: { text: 'shop', at: { startLine: 4 } },
      namePrefix: { text: 'prod-' },
      nameSuffix: { text: '-v1' },
      replicas: [{ name: { text: 'web' }, count: { text: '3' } }],
      plugins: [],
    });
    expect(fact?.resources.map(({ text }) => text)).toEqual(['../../base', 'web.yaml', '../../parts/tls']);
    expect([...(fact?.labels ?? [])].map(([key, { text }]) => `${key}=${text}`)).toEqual(['app=web', 'team=a']);
    expect(fact?.files.map(({ text }) => text)).toEqual(['names.yaml', 'schema.json']);
  });

  it('reads images', async () => {
    const fact = await read(
      'images:\n- name: web\n  newName: r.io/web\n  digest: sha256:aa\n- {name: b, newTag: "1.10"}\n',
    );
    expect(fact?.images).toMatchObject([
      { name: { text: 'web' }, newName: { text: 'r.io/web' }, digest: { text: 'sha256:aa', at: { startLine: 4 } } },
      { name: { text: 'b' }, newTag: { text: '1.10' } },
    ]);
  });

  it('reads generators: the literals of a secret are values in git', async () => {
    const fact = await read(`secretGenerator:
- name: db
  literals:
  - PASSWORD="a=b"
  - EMPTY=
  - none
  files: [tls.key, ca=certs/ca.pem]
  envs: [.env]
configMapGenerator:
- name: web
  env: web.env
`);
    expect(fact?.generators).toMatchObject([
      { kind: 'ConfigMap', name: { text: 'web' }, envs: [{ text: 'web.env' }] },
      {
        kind: 'Secret',
        name: { text: 'db' },
        literals: [
          { key: 'PASSWORD', value: { text: 'a=b', at: { startLine: 4 } } },
          { key: 'EMPTY', value: { text: '' } },
        ],
        files: [
          { key: 'tls.key', file: { text: 'tls.key' } },
          { key: 'ca', file: { text: 'certs/ca.pem' } },
        ],
        envs: [{ text: '.env' }],
      },
    ]);
  });

  it('reads patches of the three forms, replacements and plugins', async () => {
    const fact = await read(`patches:
- path: user.yaml
  target: {kind: Deployment, name: web.*, labelSelector: app=web}
- patch: |-
    - op: replace
patchesJson6902:
- {path: ops.json, target: {group: apps, version: v1, kind: Deployment, name: web}}
patchesStrategicMerge:
- part.yaml
- |
  kind: Deployment
  spec: {}
replacements:
- path: r.yaml
- source: {kind: ConfigMap}
  targets:
  - select: {kind: Deployment}
    fieldPaths: [spec.template.spec.containers.0.image]
transformers: [t.yaml]
helmCharts:
- name: nginx
`);
    expect(fact?.patches).toMatchObject([
      { file: { text: 'user.yaml' }, target: { kind: 'Deployment', name: 'web.*', selector: 'app=web' } },
      { text: { text: '- op: replace' } },
      { file: { text: 'ops.json' }, target: { group: 'apps', version: 'v1' } },
      { file: { text: 'part.yaml' } },
      { text: { text: 'kind: Deployment\nspec: {}\n' } },
    ]);
    expect(fact?.replacements).toMatchObject([
      { file: { text: 'r.yaml' } },
      { targets: [{ select: { kind: 'Deployment' }, fields: [{ text: 'spec.template.spec.containers.0.image' }] }] },
    ]);
    expect(fact?.plugins.map(({ text }) => text)).toEqual(['transformers: t.yaml', 'helmCharts: nginx']);
  });

  it('knows components, and leaves objects of others alone', async () => {
    expect(await read('apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n')).toMatchObject({
      isComponent: true,
    });
    expect(await read('apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n')).toBeUndefined();
    expect(await read('', 'kustomization.yaml')).toBeUndefined();
    expect(kustomizationReader.selects('a/Kustomization', tools.paths)).toBe(true);
    expect(kustomizationReader.selects('a/my-kustomization.yaml', tools.paths)).toBe(false);
  });

  it('names what is no YAML', async () => {
    const { facts, unread } = await kustomizationReader.read({ path: 'kustomization.yml', text: 'images: [}' }, tools);
    expect(facts).toEqual([]);
    expect(unread).toMatchObject([{ reason: 'unparsed-file' }]);
  });
});
