import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../src/model/index.ts';
import { runCli } from './run-cli.ts';

const ROOT_IMAGE = 'FROM node:22@sha256:' + 'a'.repeat(64) + '\nUSER root\n';
const NODE_IMAGE = 'FROM node:22@sha256:' + 'a'.repeat(64) + '\nUSER 1000\n';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fourproof-cli-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function commit(message: string): void {
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      [
        '-c',
        'user.name=t',
        '-c',
        'user.email=t@example.com',
        '-c',
        'commit.gpgsign=false',
        '-c',
        'init.defaultBranch=main',
        ...args,
      ],
      { cwd: root, stdio: 'ignore' },
    );
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', message);
}

async function verified(...args: string[]): Promise<Result> {
  return JSON.parse((await runCli('verify', root, '--format', 'json', ...args)).stdout) as Result;
}

async function openFingerprint(control: string): Promise<string> {
  const result = await verified();
  return (
    result.verdicts.flatMap((verdict) => verdict.findings).find((finding) => finding.control === control)
      ?.fingerprint ?? ''
  );
}

describe('exit codes', () => {
  it('1 where something is open, with --fail-on exposure only for exposures', async () => {
    write({ Dockerfile: ROOT_IMAGE });
    expect((await runCli('verify', root)).code).toBe(1);
    write({ Dockerfile: NODE_IMAGE });
    expect((await runCli('verify', root)).code).toBe(1);
    expect((await runCli('verify', root, '--fail-on', 'exposure')).code).toBe(0);
    expect((await runCli('verify', root, '--fail-on', 'unknown')).code).toBe(1);
  });

  it('2 for a path, an option or a config that is wrong, with what to do', async () => {
    expect(await runCli('verify', join(root, 'missing'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('does not exist') as string,
    });
    write({ 'a.txt': 'x' });
    expect(await runCli('verify', join(root, 'a.txt'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('give the folder') as string,
    });
    expect(await runCli('verify', root, '--format', 'pdf')).toMatchObject({ code: 2 });
    expect(await runCli('verify', root, '--now', 'yesterday')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--now yesterday') as string,
    });
    expect(await runCli('verify', root, '--unheard-of')).toMatchObject({ code: 2 });
    write({ 'fourproof.yaml': 'allowedBaseImages: 3\n' });
    expect(await runCli('verify', root)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/fourproof\.yaml:1:20: error: allowedBaseImages: /) as string,
    });
  });

  it('never lets a name of the repository act on the terminal', async () => {
    write({ 'fourproof.yaml': '"\\e[31mred": 1\n' });
    const run = await runCli('verify', root);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('⟨U+001B⟩');
    expect(run.stderr).not.toContain('\u001b');
  });

  it('3 where there is no readable file', async () => {
    mkdirSync(join(root, 'empty'));
    expect(await runCli('verify', join(root, 'empty'))).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('holds no file') as string,
    });
  });

  it('0 for --help and --version', async () => {
    expect((await runCli('--help')).code).toBe(0);
    expect(await runCli('--version')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
  });
});

describe('verify', () => {
  it('is what happens without a verb', async () => {
    write({ Dockerfile: ROOT_IMAGE });
    const run = await runCli(root);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('Insecure Dockerfiles');
  });

  it('writes every format to a file', async () => {
    write({ Dockerfile: ROOT_IMAGE });
    for (const format of ['terminal', 'json', 'sarif', 'markdown']) {
      const file = join(root, '..', `${root.split('/').at(-1) ?? ''}.${format}`);
      try {
        expect(await runCli('verify', root, '--format', format, '--output', file)).toMatchObject({
          code: 1,
          stdout: '',
        });
        expect(readFileSync(file, 'utf8').length).toBeGreaterThan(500);
      } finally {
        rmSync(file, { force: true });
      }
    }
  });

  it('judges each product on its own, with the workflows of all', async () => {
    write({
      'one/Dockerfile': ROOT_IMAGE,
      'two/Dockerfile': NODE_IMAGE,
      'fourproof.yaml': 'products:\n  - {name: one, paths: [one]}\n  - {name: two, paths: [two]}\n',
    });
    const result = await verified();
    const exposures = result.verdicts
      .filter((verdict) => verdict.threat === 'container/insecure-dockerfiles')
      .map((verdict) => [verdict.product, verdict.exposure]);
    expect(exposures).toEqual([
      ['one', 'open'],
      ['two', 'mitigated'],
    ]);
    expect(result.verdicts).toHaveLength(30);
    expect(result.notices).toEqual([]);
  });

  it('says which files belong to no product', async () => {
    write({ 'one/a.txt': 'a', 'two/b.txt': 'b', 'fourproof.yaml': 'products:\n  - {name: one, paths: [one]}\n' });
    expect((await verified()).notices).toEqual([
      {
        level: 'warning',
        message: '1 file belongs to no product of fourproof.yaml, and no verdict speaks of it: two/b.txt',
      },
    ]);
  });

  it('judges the part of a repository that was asked for', async () => {
    write({ 'one/Dockerfile': ROOT_IMAGE, 'two/Dockerfile': NODE_IMAGE });
    commit('one');
    const run = await runCli('verify', join(root, 'two'), '--format', 'json');
    const result = JSON.parse(run.stdout) as Result;
    expect(result.products).toEqual([{ name: 'two', paths: ['two'] }]);
    expect(result.verdicts.find((verdict) => verdict.threat === 'container/insecure-dockerfiles')?.exposure).toBe(
      'mitigated',
    );
  });
});

describe('explain and replay', () => {
  it('explain a threat and a finding, and see it again', async () => {
    write({ Dockerfile: ROOT_IMAGE });
    const fingerprint = await openFingerprint('non-root');
    expect((await runCli('explain', 'container/insecure-dockerfiles', root)).stdout).toContain('non-root');
    expect((await runCli('explain', fingerprint, root)).stdout).toContain('USER root');
    const replay = await runCli('replay', fingerprint.slice(0, 8), root);
    expect(replay).toMatchObject({ code: 1, stdout: expect.stringContaining('confirmed: it happens again') as string });
  });

  it('replay a stored result on a tree that was mended', async () => {
    write({ Dockerfile: ROOT_IMAGE });
    const stored = join(root, '..', `${root.split('/').at(-1) ?? ''}.json`);
    try {
      await runCli('verify', root, '--format', 'json', '--output', stored);
      const fingerprint = await openFingerprint('non-root');
      write({ Dockerfile: NODE_IMAGE });
      expect(await runCli('replay', fingerprint, root, '--result', stored)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('not confirmed') as string,
      });
      expect(await runCli('replay', fingerprint, root)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('nothing here is called') as string,
      });
      writeFileSync(stored, '{"schema": "something/else"}');
      expect(await runCli('replay', fingerprint, root, '--result', stored)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('is no fourproof/result/v1') as string,
      });
    } finally {
      rmSync(stored, { force: true });
    }
  });

  it('help with a name that does not exist', async () => {
    write({ Dockerfile: ROOT_IMAGE });
    expect(await runCli('explain', 'mutable', root)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('container/mutable-images') as string,
    });
  });
});

describe('accept and dismiss', () => {
  it('change the exit code and the verdict, and keep comments', async () => {
    write({ Dockerfile: ROOT_IMAGE, 'fourproof.yaml': '# ours\ndefaultBranch: main\n' });
    const fingerprint = await openFingerprint('non-root');
    expect(
      (
        await runCli(
          'accept',
          fingerprint,
          root,
          '--reason',
          'moving',
          '--owner',
          'platform',
          '--expires',
          '2027-01-31',
          '--now',
          '2026-11-21',
        )
      ).code,
    ).toBe(0);
    expect(readFileSync(join(root, 'fourproof.yaml'), 'utf8')).toContain('# ours');
    const accepted = await verified('--now', '2026-11-21');
    const finding = accepted.verdicts
      .flatMap((verdict) => verdict.findings)
      .find((item) => item.fingerprint === fingerprint);
    expect(finding).toMatchObject({ accepted: { owner: 'platform', expires: '2027-01-31' } });
    expect((await runCli('verify', root, '--fail-on', 'exposure', '--now', '2026-11-21')).code).toBe(0);
    expect((await runCli('verify', root, '--fail-on', 'exposure', '--now', '2027-02-01')).code).toBe(1);

    write({ 'fourproof.yaml': '' });
    expect((await runCli('dismiss', fingerprint, root, '--reason', 'not shipped', '--owner', 'platform')).code).toBe(0);
    const exposure = async (...args: string[]) =>
      (await verified(...args)).verdicts.find((verdict) => verdict.threat === 'container/insecure-dockerfiles')
        ?.exposure;
    expect(await exposure()).toBe('mitigated');
    expect(await exposure('--no-dismissals')).toBe('open');
    write({ Dockerfile: NODE_IMAGE });
    const stale = await runCli('verify', root, '--fail-on', 'exposure');
    expect(stale).toMatchObject({ code: 2, stdout: expect.stringContaining('matches nothing any more') as string });
  });

  it('refuse what does not exist', async () => {
    write({ Dockerfile: ROOT_IMAGE });
    expect(
      (await runCli('accept', '0123456789abcdef', root, '--reason', 'r', '--owner', 'o', '--expires', '2027-01-31'))
        .code,
    ).toBe(2);
    expect(
      (await runCli('accept', '0123456789abcdef', root, '--reason', 'r', '--owner', 'o', '--expires', 'soon')).code,
    ).toBe(2);
    expect((await runCli('accept', '0123456789abcdef', root, '--reason', 'r', '--owner', 'o')).code).toBe(2);
  });
});

describe('diff', () => {
  it('shows new counterexamples, and takes decisions from the base', async () => {
    write({ Dockerfile: NODE_IMAGE });
    commit('base');
    write({ Dockerfile: ROOT_IMAGE });
    const fingerprint = await openFingerprint('non-root');
    write({
      'fourproof.yaml': `dismissals:\n  - {fingerprint: ${fingerprint}, reason: my own change is fine, owner: me}\n`,
    });
    commit('head');
    const run = await runCli('diff', 'HEAD~1', 'HEAD', root);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('container/insecure-dockerfiles');
    expect((await runCli('diff', 'HEAD', 'HEAD~1', root)).code).toBe(0);
    expect((await runCli('diff', 'HEAD', 'nowhere', root)).code).toBe(2);
  });

  it('reads commits and not the worktree', async () => {
    write({ Dockerfile: NODE_IMAGE });
    commit('base');
    write({ 'other.txt': 'x' });
    commit('head');
    write({ Dockerfile: ROOT_IMAGE });
    expect((await runCli('diff', 'HEAD~1', 'HEAD', root)).code).toBe(0);
  });
});

describe('init', () => {
  it('writes a config that verifies, and overwrites nothing', async () => {
    write({ Dockerfile: NODE_IMAGE });
    expect(await runCli('init', root, '--workflow')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('wrote fourproof.yaml') as string,
    });
    expect(readFileSync(join(root, 'fourproof.yaml'), 'utf8')).toContain('docker.io/library/node:*');
    expect((await verified()).verdicts.find((verdict) => verdict.threat === 'container/mutable-images')?.exposure).toBe(
      'mitigated',
    );
    expect(await runCli('init', root)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('exists already') as string,
    });
  });
});

describe('bad input', () => {
  it('is a gap with the name of the file, never a crash and never ignored', async () => {
    write({
      'deploy/bomb.yaml':
        'apiVersion: v1\nkind: Pod\n' +
        [
          'a0: &a0 [x, x, x, x, x, x, x, x, x]',
          ...Array.from(
            { length: 9 },
            (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]`,
          ),
        ].join('\n'),
      'deploy/cycle.yaml': 'apiVersion: v1\nkind: Pod\nspec: &a {b: *a}\n',
      'deploy/deep.json': `{"apiVersion": "v1", "kind": "Pod", "spec": ${'['.repeat(10_000)}`,
      'deploy/invalid.yaml': 'apiVersion: v1\nkind: Pod\n\u0000: [\n',
      'long/Dockerfile': `FROM node:22\nRUN echo ${'x'.repeat(50_000_000)}\n`,
      'long.properties': `password=${'x'.repeat(50_000_000)}\n`,
      Dockerfile: Buffer.from([0x46, 0x52, 0x4f, 0x4d, 0x20, 0xff, 0xfe, 0x0a]).toString('latin1'),
      '.github/workflows/broken.yml': 'on: [push\n',
    });
    const result = await verified();
    const messages = result.verdicts.flatMap((verdict) =>
      verdict.controls.flatMap((control) => ('gaps' in control ? (control.gaps ?? []).map((gap) => gap.message) : [])),
    );
    for (const path of [
      'deploy/bomb.yaml',
      'deploy/cycle.yaml',
      'deploy/deep.json',
      'deploy/invalid.yaml',
      'long/Dockerfile',
      'long.properties',
      '.github/workflows/broken.yml',
    ]) {
      expect(
        messages.some((message) => message.includes(path)),
        path,
      ).toBe(true);
    }
    expect(result.verdicts.every((verdict) => verdict.exposure !== 'mitigated')).toBe(true);
  }, 60_000);
});

describe('--render', () => {
  const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: a, image: "nginx:1"}]}';

  it('renders with a program of the machine, names it, and the counterexample replays', async () => {
    write({
      'bin/helm': `#!/bin/sh\nif [ "$1" = version ]; then echo v3.17.0; exit; fi\necho '# Source: web/templates/pod.yaml'\necho '${POD}'\n`,
      'chart/Chart.yaml': 'name: web\n',
      'chart/templates/pod.yaml': '{{ .Values.pod }}\n',
    });
    chmodSync(join(root, 'bin/helm'), 0o755);
    const before = process.env.PATH;
    process.env.PATH = join(root, 'bin');
    try {
      const gapsOf = (result: Result): string[] =>
        result.verdicts.flatMap(({ controls }) =>
          controls.flatMap((control) => ('gaps' in control ? (control.gaps ?? []) : []).map((gap) => gap.message)),
        );
      const unrendered = await verified();
      expect(gapsOf(unrendered).join()).toContain('the chart web is not rendered');
      const rendered = await verified('--render');
      expect(gapsOf(rendered).join()).not.toContain('the chart web is not rendered');
      const finding = rendered.verdicts.flatMap((one) => one.findings).find((one) => one.title.includes('nginx:1'));
      expect(finding?.location).toMatchObject({ path: 'chart/templates/pod.yaml', startLine: 1 });
      const replay = await runCli('replay', finding?.fingerprint ?? '', root, '--render');
      expect(replay.code).toBe(1);
      expect(replay.stdout).toContain('helm v3.17.0 rendered chart/templates/pod.yaml again');
      expect((await runCli('explain', 'container/mutable-images', root, '--render')).stdout).toContain('nginx:1');
    } finally {
      process.env.PATH = before;
    }
  });
});
