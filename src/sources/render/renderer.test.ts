import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RenderRequest } from '../../model/index.ts';
import { findProgram } from './find-program.ts';
import { machineRenderer } from './renderer.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const files = (texts: Readonly<Record<string, string>>): RenderRequest['files'] =>
  new Map(Object.entries(texts).map(([path, text]) => [path, bytes(text)]));

const PATH = process.env.PATH ?? '';
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fourproof-programs-'));
});
afterEach(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true, force: true });
});

/** Puts a shell script on PATH, alone. */
function plant(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  process.env.PATH = folder;
}

const CHART: RenderRequest = {
  program: 'helm',
  folder: 'web',
  files: files({
    'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'web/values.yaml': 'tag: "1"\n',
    'web/templates/pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Release.Name }}}\nspec: {containers: [{name: a, image: "a:{{ .Values.tag }}"}]}\n# {{ .Files.Get "../../home" }}\n',
  }),
};
const KUSTOMIZATION: RenderRequest = {
  program: 'kustomize',
  folder: 'prod',
  files: files({
    'base/kustomization.yaml': 'resources: [map.yaml]\n',
    'base/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n',
    'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\n',
  }),
};

describe('the programs of this machine', () => {
  const hasHelm = findProgram('helm') !== undefined;
  it(hasHelm ? 'helm renders a chart' : 'helm is not on PATH here: the answer says so', () => {
    const own = machineRenderer()(CHART);
    const installed = machineRenderer()({ ...CHART, release: { name: '-x', namespace: 'n', values: '{"tag":"2"}' } });
    const expected = hasHelm
      ? {
          ok: true,
          text: expect.stringContaining('image: "a:1"') as string,
          by: expect.stringMatching(/^helm v/) as string,
        }
      : { ok: false, why: 'helm is not on PATH' };
    expect(own).toMatchObject(expected);
    // Helm itself refuses a name that is none; it never takes it for an option.
    expect(installed.ok).toBe(false);
  });

  const hasKustomize = findProgram('kustomize') !== undefined || findProgram('kubectl') !== undefined;
  it(hasKustomize ? 'kustomize builds' : 'kustomize is not on PATH here: the answer says so', () => {
    expect(machineRenderer()(KUSTOMIZATION)).toMatchObject(
      hasKustomize
        ? { ok: true, text: expect.stringContaining('name: prod-m') as string }
        : { ok: false, why: 'kustomize and kubectl are not on PATH' },
    );
  });

  it('is told where nothing is there', () => {
    process.env.PATH = folder;
    expect(machineRenderer()(CHART)).toEqual({ ok: false, why: 'helm is not on PATH' });
    expect(machineRenderer()(KUSTOMIZATION)).toEqual({ ok: false, why: 'kustomize and kubectl are not on PATH' });
  });
});

describe('a program', () => {
  it('gets an environment of its own, and a copy of the files', () => {
    process.env.SECRET_OF_THE_SHELL = 'hunter2';
    plant(
      'helm',
      'if [ "$1" = version ]; then echo v3.17.0; exit; fi; export -p; pwd; echo "args: $*"; read x < web/Chart.yaml; echo "$x"',
    );
    const answer = machineRenderer()({ ...CHART, release: { name: 'web', namespace: 'shop', values: '{}' } });
    delete process.env.SECRET_OF_THE_SHELL;
    const text = answer.ok ? answer.text : answer.why;
    expect(text).not.toContain('hunter2');
    expect(text).not.toMatch(new RegExp(`HOME=['"]?${process.env.HOME ?? 'none'}['"]?$`, 'm'));
    expect(text).toMatch(/PATH=.*\/nothing/);
    expect(text).toMatch(/HELM_PLUGINS=.*\/nothing/);
    expect(text).toMatch(/args: template --skip-schema-validation --namespace=shop --values=\S+ -- web \S+\/web/);
    expect(text).toContain('apiVersion: v2');
  });

  it('that fails says what it said, without paths of the copy', () => {
    plant('kustomize', 'if [ "$1" = version ]; then echo v5.0.0; exit; fi; echo "Error: no $2" >&2; exit 1');
    expect(machineRenderer()(KUSTOMIZATION)).toEqual({
      ok: false,
      why: 'kustomize v5.0.0: Error: no /files/prod',
    });
  });

  it('of an older helm is not given packed charts, whose schemas it would follow', () => {
    plant('helm', 'echo v3.9.0');
    const packed = { ...CHART, files: new Map([...CHART.files, ['web/charts/a.tgz', bytes('')] as const]) };
    expect(machineRenderer()(packed)).toMatchObject({ ok: false, why: expect.stringContaining('3.16') as string });
    expect(machineRenderer()(CHART)).toMatchObject({ ok: true, by: 'helm v3.9.0' });
  });

  it('is never one that a relative PATH finds', () => {
    plant('helm', 'echo v3.17.0');
    expect(findProgram('helm', `.:${folder}`)).toBe(join(folder, 'helm'));
    expect(findProgram('helm', '.:relative')).toBeUndefined();
  });

  it('is given no path that leads out of the copy', () => {
    plant('helm', 'echo v3.17.0');
    expect(machineRenderer()({ ...CHART, files: files({ '../x': '' }) })).toMatchObject({ ok: false });
    expect(machineRenderer()({ ...CHART, files: files({ '/x': '' }) })).toMatchObject({ ok: false });
  });
});
