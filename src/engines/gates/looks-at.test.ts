import { describe, expect, it } from 'vitest';
import { fourproofLooksAt, looksAt } from './looks-at.ts';
import { callsIn } from './invocations.ts';

describe('fourproofLooksAt', () => {
  it.each([
    ['', 'a/Dockerfile', 'yes'],
    ['verify', 'a/Dockerfile', 'yes'],
    ['verify . --fail-on exposure', 'a/Dockerfile', 'yes'],
    ['verify --format sarif --output out.sarif', 'a/Dockerfile', 'yes'],
    ['verify ./a/', 'a/Dockerfile', 'yes'],
    ['verify b', 'a/Dockerfile', 'no'],
    ['verify b', '.github/workflows/ci.yml', 'yes'],
    ['verify $DIR', 'a/Dockerfile', 'undecided'],
    ['b', 'a/Dockerfile', 'no'],
    ['diff origin/main HEAD', 'a/Dockerfile', 'yes'],
  ])('fourproof %s and %s: %s', (line, path, expected) => {
    expect(fourproofLooksAt({ args: line.split(' ').filter((word) => word !== '') }, path).answer).toBe(expected);
  });
});

describe('looksAt', () => {
  const at = { path: 'w.yml', startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  const answer = (script: string, workingDirectory?: string): string | undefined => {
    const step = { index: 0, at, with: new Map(), env: new Map(), run: { text: script, at } };
    const [found] = callsIn(
      { ...step, ...(workingDirectory === undefined ? {} : { workingDirectory }) },
      new Map(),
      'bash',
    );
    return found === undefined ? undefined : looksAt(found.call, 'src/a.yaml').answer;
  };

  it.each([
    ['gitleaks dir .', 'yes'],
    ['gitleaks dir', 'yes'],
    ['gitleaks dir --report-format json -v src', 'yes'],
    ['gitleaks dir docs', 'no'],
    ['gitleaks dir docs src', 'yes'],
    ['gitleaks dir $DIR', 'undecided'],
    ['gitleaks dir /tmp', 'undecided'],
    ['gitleaks dir "$GITHUB_WORKSPACE"', 'yes'],
    ['cd docs && gitleaks dir .', 'undecided'],
    ['cd docs && gitleaks git .', 'yes'],
    ['gitleaks detect --no-git --source docs', 'no'],
    ['gitleaks detect --source docs', 'yes'],
    ['gitleaks git --staged .', 'no'],
    ['gitleaks git --log-opts="origin/main..HEAD" .', 'yes'],
    ['gitleaks git --log-opts="-1 -- docs" .', 'undecided'],
    ['gitleaks stdin', 'undecided'],
    ['trivy fs --exit-code 1 --scanners secret docs', 'no'],
    ['trivy fs --exit-code 1 --scanners secret .', 'yes'],
    ['trufflehog filesystem docs --fail', 'no'],
    ['fourproof verify', 'yes'],
  ])('%s: %s', (script, expected) => {
    expect(answer(script)).toBe(expected);
  });

  it.each([
    ['gitleaks dir .', 'no'],
    ['gitleaks dir ..', 'yes'],
    ['gitleaks dir ../src', 'yes'],
    ['gitleaks git .', 'yes'],
    ['fourproof verify', 'no'],
    ['fourproof verify ..', 'yes'],
  ])('in docs, %s: %s', (script, expected) => {
    expect(answer(script, 'docs')).toBe(expected);
    expect(answer(script, './')).not.toBe('undecided');
  });
});
