import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOfTexts } from '../../../test/gate-facts.ts';
import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import { kustomizeChanges, type KustomizeChanges } from './changes.ts';
import { isRemote } from './inputs.ts';
import { fieldsAt, readPatch } from './read-patch.ts';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {containers: [{name: web, image: "r.io/web:1"}]}}}
`;

async function changesOf(
  kustomization: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly changes: KustomizeChanges; readonly web: KubernetesFact }> {
  const context = await factsOfTexts({
    'base/web.yaml': WEB,
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'prod/kustomization.yaml': `resources: [../base]\n${kustomization}`,
    ...more,
  });
  const web = context.facts.kubernetes.find(({ path }) => path === 'base/web.yaml');
  if (web === undefined) throw new Error('there is no object');
  return { changes: await kustomizeChanges(context), web };
}

async function fieldsPatched(kustomization: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const { changes, web } = await changesOf(kustomization, more);
  return (['image', 'user'] as const).filter((field) => changes.patching(web, field) !== undefined).join(' ');
}

const operations = (path: string, value = '0', target = '{kind: Deployment}'): string =>
  `patches:\n- target: ${target}\n  patch: |-\n    - {op: replace, path: "${path}", value: ${value}}\n`;

describe('patches', () => {
  it.each([
    [operations('/spec/template/spec/securityContext/runAsUser'), 'user'],
    [operations('/spec/template/spec/containers/0/securityContext/runAsNonRoot', 'false'), 'user'],
    [operations('/spec/template/spec/containers/0/image', 'x'), 'image'],
    [operations('/spec/template/spec/containers/-', '{name: b}'), 'image user'],
    [operations('/spec/template/spec/containers', '[]'), 'image user'],
    [operations('/spec/template/spec/securityContext', '{}'), 'user'],
    [operations('/spec/template'), 'image user'],
    [operations('/spec'), 'image user'],
    [operations(''), 'image user'],
    [operations('/metadata/labels/runAsUser'), 'user'],
    [operations('/spec/replicas', '3'), ''],
    [operations('/spec/template/spec/securityContext/runAsUser', '0', '{kind: Service}'), ''],
    [operations('/spec/template/spec/securityContext/runAsUser', '0', '{kind: Deployment, name: w.b}'), 'user'],
    [operations('/spec/template/spec/securityContext/runAsUser', '0', '{kind: Deployment, name: we}'), ''],
    [operations('/spec/template/spec/securityContext/runAsUser', '0', '{group: apps, version: v1}'), 'user'],
    [operations('/spec/template/spec/securityContext/runAsUser', '0', '{group: batch}'), ''],
    [operations('/spec/template/spec/securityContext/runAsUser', '0', '{name: "("}'), 'user'],
  ])('%s: %s', async (kustomization, expected) => {
    expect(await fieldsPatched(kustomization)).toBe(expected);
  });

  it('may be parts of objects, in files too', async () => {
    const part = (spec: string): string =>
      `kind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: ${spec}}}\n`;
    const inFile = 'patchesStrategicMerge: [part.yaml]\n';
    const file = (spec: string) => fieldsPatched(inFile, { 'prod/part.yaml': part(spec) });
    expect(await file('{securityContext: {runAsUser: 0}}')).toBe('user');
    expect(await file('{securityContext: null}')).toBe('user');
    expect(await file('{containers: [{name: web, image: x}]}')).toBe('image');
    expect(await file('{containers: [{$patch: replace}, {name: web}]}')).toBe('image user');
    expect(await file('{nodeName: a}')).toBe('');
    expect(
      await fieldsPatched(inFile, { 'prod/part.yaml': part('{securityContext: null}').replace('web', 'api') }),
    ).toBe('');
    expect(await fieldsPatched(inFile)).toBe('image user');
    expect(await fieldsPatched(inFile, { 'prod/part.yaml': '{{ if }}: [' })).toBe('image user');
  });

  it('are not the only things that change objects', async () => {
    const replacement = (field: string): string =>
      `replacements:\n- source: {kind: ConfigMap}\n  targets: [{select: {kind: Deployment}, fieldPaths: [${field}]}]\n`;
    expect(await fieldsPatched(replacement('spec.template.spec.containers.0.image'))).toBe('image');
    expect(await fieldsPatched(replacement('metadata.name'))).toBe('');
    expect(await fieldsPatched('replacements: [{path: r.yaml}]\n')).toBe('image user');
    expect(await fieldsPatched('transformers: [t.yaml]\n')).toBe('image user');
  });

  it('reach what is taken in, and nothing else', async () => {
    const patch = operations('/spec/template/spec/securityContext/runAsUser');
    expect(await fieldsPatched('', { 'other/kustomization.yaml': `resources: []\n${patch}` })).toBe('');
    expect(
      await fieldsPatched('components: [../part]\n', { 'part/kustomization.yaml': `kind: Component\n${patch}` }),
    ).toBe('user');
    expect(await fieldsPatched('', { 'part/kustomization.yaml': `kind: Component\n${patch}` })).toBe('');
    expect(await fieldsPatched(patch, { 'base/kustomization.yaml': 'resources: [web.yaml, ../prod]\n' })).toBe('user');
  });
});

describe('images', () => {
  it('are rewritten where the object is taken in', async () => {
    const { changes, web } = await changesOf('images: [{name: r.io/web, newName: r.io/other, newTag: "2"}]\n');
    expect(changes.rewriting(web, 'r.io/web:1')).toMatchObject({ by: 'prod/kustomization.yaml', text: 'r.io/other:2' });
    expect(changes.rewriting(web, 'r.io/api:1')).toBeUndefined();
    const pinned = await changesOf('images: [{name: r.io/web, digest: "sha256:a"}]\n');
    expect(pinned.changes.rewriting(pinned.web, 'r.io/web:1')?.text).toBe('r.io/web@sha256:a');
  });
});

describe('hidden objects', () => {
  it('come from addresses and programs', async () => {
    const { changes } = await changesOf('', {
      'k/kustomization.yaml': 'resources: [https://x.io/a.yaml, gone.yaml]\nhelmCharts: [{name: nginx}]\n',
    });
    expect(changes.hidden.map(({ what, isPlugin }) => [what, isPlugin])).toEqual([
      ['https://x.io/a.yaml', false],
      ['helmCharts: nginx', true],
    ]);
  });

  it.each([
    ['https://github.com/a/b//c?ref=v1', true],
    ['github.com/a/b', true],
    ['git@github.com:a/b', true],
    ['ssh://git@x/a', true],
    ['git::https://x/a', true],
    ['host/a/b.git', true],
    ['../base', false],
    ['web.yaml', false],
    ['github', false],
  ])('%s: %s', (text, expected) => {
    expect(isRemote(text)).toBe(expected);
  });
});

describe('readPatch', () => {
  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parts = readPatch('p.yaml', text);
        return parts === undefined || parts.every(({ fields }) => fields.size <= 2);
      }),
    );
  });

  it('never loses a place above the field', () => {
    const whole = 'spec/template/spec/containers/0/securityContext/runAsUser'.split('/');
    for (let length = 0; length <= whole.length; length++)
      expect(fieldsAt(`/${whole.slice(0, length).join('/')}`)).toContain('user');
    const job = 'spec/jobTemplate/spec/template/spec/containers/0/image'.split('/');
    for (let length = 0; length <= job.length; length++)
      expect(fieldsAt(`/${job.slice(0, length).join('/')}`)).toContain('image');
  });
});
