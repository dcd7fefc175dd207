import { describe, expect, it } from 'vitest';
import { actionReader } from './reader.ts';

const tools = { paths: new Set<string>() };
const read = async (text: string) => actionReader.read({ path: 'a/action.yml', text }, tools);

describe('actionReader', () => {
  it('selects action.yml and action.yaml in any folder, and recognises them by `runs`', () => {
    expect(['action.yml', 'a/b/action.yaml'].every((path) => actionReader.selects(path, tools.paths))).toBe(true);
    expect(
      ['my-action.yml', 'action.yml.txt', 'actions.yml'].some((path) => actionReader.selects(path, tools.paths)),
    ).toBe(false);
    expect([
      actionReader.recognises?.('name: x\nruns:\n  using: node20', 'action.yml'),
      actionReader.recognises?.('name: x\n  runs: 1', 'action.yml'),
    ]).toEqual([true, false]);
  });

  it('reads the steps of a composite action with their places', async () => {
    const { facts } = await read(
      'name: x\nruns:\n  using: composite\n  steps:\n    - id: s\n      uses: acme/a@v1\n    - run: make\n      shell: bash\n      if: always()\n',
    );
    expect(facts[0]).toMatchObject({
      path: 'a/action.yml',
      using: 'composite',
      steps: [
        {
          index: 0,
          id: 's',
          uses: { text: 'acme/a@v1', at: { startLine: 6, startColumn: 13, route: 'runs.steps[0].uses' } },
        },
        { run: { text: 'make' }, shell: 'bash', condition: { text: 'always()' } },
      ],
    });
    expect(facts[0]).not.toHaveProperty('image');
  });

  it('reads the image of a docker action', async () => {
    const { facts } = await read('runs: {using: docker, image: "docker://alpine:3"}');
    expect(facts[0]).toMatchObject({ using: 'docker', image: { text: 'docker://alpine:3' }, steps: [] });
  });

  it('makes nothing of what is no action, and calls a broken file unread', async () => {
    expect(await read('runs: 3')).toEqual({ facts: [], unread: [] });
    expect(await read('')).toEqual({ facts: [], unread: [] });
    const { facts, unread } = await read('runs: [}');
    expect(facts).toEqual([]);
    expect(unread[0]).toMatchObject({ path: 'a/action.yml', reason: 'unparsed-file' });
  });
});
