import { describe, expect, it } from 'vitest';
import { filesBehind, filesBehindAction } from './handovers.ts';
import { findIndirections } from './indirections.ts';
import { factsOfTexts, workflowOf } from '../../../test/gate-facts.ts';

const W = '.github/workflows/ci.yml';

async function found(
  steps: string,
  files: Readonly<Record<string, string>> = {},
  on = 'pull_request',
): Promise<string[]> {
  const { facts, tree } = await factsOfTexts({ [W]: workflowOf({ on, steps }), ...files });
  return (await findIndirections(facts, tree)).map(
    ({ what, subjects }) => `${what} [${subjects?.join(' ') ?? 'anything'}]`,
  );
}

describe('findIndirections', () => {
  it.each([
    [
      '- run: make lint',
      { Makefile: 'lint:\n\tgitleaks dir .\n' },
      ['`make lint` hands over to Makefile, which names gitleaks [secrets]'],
    ],
    [
      '- run: ./scripts/check.sh',
      { 'scripts/check.sh': 'hadolint Dockerfile' },
      ['`./scripts/check.sh` hands over to scripts/check.sh, which names hadolint [dockerfiles]'],
    ],
    [
      '- run: bash -x check.sh\n  working-directory: ./ci',
      { 'ci/check.sh': 'zizmor .' },
      ['`bash -x check.sh` hands over to ci/check.sh, which names zizmor [workflows]'],
    ],
    [
      '- run: npm run audit',
      { 'package.json': '{"scripts":{"audit":"npm audit"}}' },
      ['`npm run audit` hands over to package.json, which names npm-audit [dependencies]'],
    ],
    [
      '- run: ./mvnw verify',
      { 'pom.xml': '<artifactId>dependency-check-maven</artifactId>' },
      ['`./mvnw verify` hands over to pom.xml, which names dependency-check [dependencies]'],
    ],
    [
      '- uses: pre-commit/action@v3',
      { '.pre-commit-config.yaml': '- id: gitleaks' },
      ['pre-commit/action hands over to .pre-commit-config.yaml, which names gitleaks [secrets]'],
    ],
    ['- run: sh -c "gitleaks dir ."', {}, ['`sh -c gitleaks dir .` is not followed, which names gitleaks [secrets]']],
    [
      '- run: docker run tools gitleaks dir .',
      {},
      ['`docker run tools gitleaks dir .` is not followed, which names gitleaks [secrets]'],
    ],
    ['- run: gitleaks dir .\n  shell: pwsh', {}, ['a script for pwsh is not followed, which names gitleaks [secrets]']],
    ['- uses: acme/secret-scan@v1', {}, ['what the action acme/secret-scan checks is not modelled [anything]']],
    [
      '- uses: golangci/golangci-lint-action@v6\n- uses: step-security/harden-runner@v2\n- uses: actions/checkout@v4',
      {},
      [],
    ],
    ['- run: gitleaks dir .', {}, []],
    ['- run: pip install semgrep', {}, []],
    ['- run: make build', { Makefile: 'build:\n\tgo build\n' }, []],
    ['- run: constructor x', {}, []],
  ])('%j', async (steps, files, expected) => {
    expect(await found(steps, files as Readonly<Record<string, string>>)).toEqual(expected);
  });

  it('looks behind the runner of a project', () => {
    expect(filesBehind(['uv', 'run', '--only-group', 'dev', 'prek', 'run'], undefined)).toEqual([
      '.pre-commit-config.yaml',
    ]);
  });

  it('names a reusable workflow of others, and looks into composite actions', async () => {
    const { facts, tree } = await factsOfTexts({
      [W]: 'on: pull_request\njobs:\n  a:\n    uses: o/r/.github/workflows/x.yml@v1\n  b:\n    uses: ./.github/workflows/gone.yml\n',
    });
    expect((await findIndirections(facts, tree)).map(({ what }) => what)).toEqual([
      'the reusable workflow o/r/.github/workflows/x.yml@v1 is not followed',
      'the reusable workflow ./.github/workflows/gone.yml is not followed',
    ]);
    const composite = 'runs:\n  using: composite\n  steps:\n    - run: make check\n      shell: bash\n';
    expect(await found('- uses: ./a', { 'a/action.yml': composite, Makefile: 'check:\n\tpinact run\n' })).toEqual([
      '`make check` hands over to Makefile, which names pinact [workflows]',
    ]);
  });

  it('looks at pull requests only', async () => {
    expect(await found('- run: make lint', { Makefile: 'lint:\n\tgitleaks dir .\n' }, 'push')).toEqual([]);
  });
});

describe('handovers', () => {
  it('finds files from the root and the working directory, whatever the command is called', () => {
    expect(filesBehind(['make', '-C', 'sub', 'x'], undefined)).toEqual([
      'Makefile',
      'makefile',
      'GNUmakefile',
      'sub/Makefile',
      'sub/makefile',
      'sub/GNUmakefile',
    ]);
    expect(filesBehind(['sudo', 'bash', 'a.sh'], './b/')).toEqual(['a.sh', 'b/a.sh']);
    expect([
      filesBehind(['/bin/true'], undefined),
      filesBehind([], undefined),
      filesBehind(['__proto__'], undefined),
    ]).toEqual([[], [], []]);
    expect(filesBehindAction('actions/checkout')).toEqual([]);
  });
});
