import { describe, expect, it } from 'vitest';
import type { WorkflowFact } from './types.ts';
import { workflowReader } from './reader.ts';

const tools = { paths: new Set<string>() };

async function read(text: string): Promise<WorkflowFact> {
  const { facts } = await workflowReader.read({ path: '.github/workflows/ci.yml', text }, tools);
  const [fact] = facts;
  if (fact === undefined) throw new Error('no fact');
  return fact;
}

describe('workflowReader', () => {
  it('selects workflow files only', () => {
    expect(
      ['.github/workflows/ci.yml', '.github/workflows/a.yaml'].every((path) =>
        workflowReader.selects(path, tools.paths),
      ),
    ).toBe(true);
    expect(
      ['.github/dependabot.yml', 'x/.github/workflows/ci.yml', '.github/workflows/sub/ci.yml'].some((path) =>
        workflowReader.selects(path, tools.paths),
      ),
    ).toBe(false);
  });

  it('reads triggers in their three forms', async () => {
    expect((await read('on: push\njobs: {}')).triggers.map((trigger) => trigger.event)).toEqual(['push']);
    expect((await read('on: [push, pull_request]\njobs: {}')).triggers.map((trigger) => trigger.event)).toEqual([
      'push',
      'pull_request',
    ]);
    const [push, pull] = (
      await read('on:\n  push:\n    branches: [main]\n    paths-ignore: ["**.md"]\n  pull_request:\njobs: {}')
    ).triggers;
    expect(push).toMatchObject({ event: 'push', branches: ['main'], pathsIgnore: ['**.md'] });
    expect(pull).toMatchObject({ event: 'pull_request' });
    expect(pull).not.toHaveProperty('branches');
  });

  it('reads jobs, steps, images and where they stand', async () => {
    const fact = await read(`
on: push
permissions: read-all
jobs:
  build:
    needs: test
    if: github.ref == 'refs/heads/main'
    continue-on-error: true
    container: node:22
    services:
      db: {image: postgres}
    permissions: {contents: read, id-token: write}
    steps:
      - uses: actions/checkout@v4
        with: {persist-credentials: false}
      - run: |
          make
          make test
        shell: bash
`);
    const [job] = fact.jobs;
    expect(fact.permissions).toMatchObject({ all: 'read-all' });
    expect(job).toMatchObject({ id: 'build', needs: ['test'], continueOnError: { text: 'true' }, hasMatrix: false });
    expect(job?.images.map((image) => [image.text, image.at.route])).toEqual([
      ['node:22', 'jobs.build.container'],
      ['postgres', 'jobs.build.services.db.image'],
    ]);
    expect(job?.steps[0]?.uses).toMatchObject({
      text: 'actions/checkout@v4',
      at: { startLine: 14, route: 'jobs.build.steps[0].uses' },
    });
    expect(job?.steps[0]?.with.get('persist-credentials')?.text).toBe('false');
    expect(job?.steps[1]).toMatchObject({ run: { text: 'make\nmake test\n' }, shell: 'bash' });
  });

  it('calls a broken file unread and names the place', async () => {
    const { facts, unread } = await workflowReader.read({ path: 'w.yml', text: 'on: push\njobs: [}' }, tools);
    expect(facts).toEqual([]);
    expect(unread[0]).toMatchObject({ path: 'w.yml', reason: 'unparsed-file', at: { startLine: 2 } });
  });

  it('takes the folder and the shell of steps from the defaults and the runner', async () => {
    const { jobs } = await read(
      'on: push\ndefaults: {run: {working-directory: a}}\njobs:\n  x:\n    runs-on: windows-latest\n    steps: [{run: p}]\n' +
        '  y:\n    runs-on: ubuntu-24.04\n    defaults: {run: {working-directory: b}}\n    steps: [{run: p}, {run: q, working-directory: c}]\n',
    );
    expect(jobs.map((job) => job.steps.map((step) => step.workingDirectory))).toEqual([['a'], ['b', 'c']]);
    expect(jobs.map((job) => job.defaultShell)).toEqual(['pwsh', undefined]);
  });
});
