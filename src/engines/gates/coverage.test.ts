import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trigger } from '../../facts/workflow/types.ts';
import { coversPath, mergeTriggers, runsForPullRequests } from './coverage.ts';
import { matchesFilter, passesFilters } from './filter-pattern.ts';

const at = { path: 'w.yml', startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

function trigger(filters: Partial<Trigger> = {}): Trigger {
  return { event: 'pull_request', at, ...filters };
}

describe('matchesFilter', () => {
  // The first ones are the examples of GitHub's cheat sheet.
  it.each([
    ['*', 'README.md', true],
    ['*', 'docs/README.md', false],
    ['*.jsx?', 'page.js', true],
    ['*.jsx?', 'page.jsx', true],
    ['**', 'all/the/files.md', true],
    ['*.js', 'app.js', true],
    ['*.js', 'src/app.js', false],
    ['**.js', 'src/js/app.js', true],
    ['docs/*', 'docs/README.md', true],
    ['docs/*', 'docs/a/README.md', false],
    ['docs/**', 'docs/mona/octocat.txt', true],
    ['docs/**/*.md', 'docs/README.md', true],
    ['docs/**/*.md', 'docs/a/markdown/file.md', true],
    ['**/docs/**', 'docs/hello.md', true],
    ['**/docs/**', 'dir/docs/my-file.txt', true],
    ['**/README.md', 'README.md', true],
    ['**/README.md', 'js/README.md', true],
    ['**/README.md', 'OLDREADME.md', false],
    ['**/*src/**', 'my-src/code/js/app.js', true],
    ['**/migrate-*.sql', 'db/sept/migrate-v1.sql', true],
    ['v[12].[0-9]+.[0-9]+', 'v1.10.1', true],
    ['v[12].[0-9]+.[0-9]+', 'v3.1.1', false],
    ['releases/**', 'releases/beta/3-alpha', true],
    ['feature/*', 'feature/beta-a/my-branch', false],
    ['main', 'Main', false],
    ['', 'main', false],
  ])('%s against %s: %s', (pattern, name, expected) => {
    expect(matchesFilter(pattern, name)).toBe(expected);
  });

  it('takes any pattern, and stays fast on stars', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, name) => typeof matchesFilter(pattern, name) === 'boolean'),
    );
    expect(matchesFilter(`${'**/*'.repeat(80)}x`, 'a/'.repeat(1000))).toBe(false);
  });

  it('a name without special characters matches itself', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\w./-]{1,30}$/),
        (name) => matchesFilter(name, name) && matchesFilter('**', name),
      ),
    );
  });
});

describe('passesFilters', () => {
  it('lets the last match count', () => {
    expect(passesFilters(['sub/**', '!sub/docs/**'], 'sub/docs/a')).toBe(false);
    expect(passesFilters(['sub/**', '!sub/docs/**', 'sub/docs/keep'], 'sub/docs/keep')).toBe(true);
    expect(passesFilters(['!docs/**'], 'src/a')).toBe(false);
  });
});

describe('runsForPullRequests', () => {
  it.each([
    [{}, 'main', 'yes'],
    [{ types: ['opened'] }, 'main', 'no'],
    [{ types: ['opened', 'synchronize'] }, 'main', 'yes'],
    [{ types: ['labeled'] }, 'main', 'no'],
    [{ branches: ['main'] }, 'main', 'yes'],
    [{ branches: ['main'] }, 'develop', 'no'],
    [{ branches: ['**', '!main'] }, 'main', 'no'],
    [{ branchesIgnore: ['ma*'] }, 'main', 'no'],
    [{ branchesIgnore: ['docs/**'] }, 'main', 'yes'],
    [{ branches: ['main'] }, undefined, 'undecided'],
    [{ branches: ['main', 'master'] }, undefined, 'yes'],
    [{ branches: ['**'] }, undefined, 'yes'],
    [{ branches: ['**', '!main'] }, undefined, 'undecided'],
    [{ branchesIgnore: ['docs/**'] }, undefined, 'undecided'],
  ] as const)('%j to %s: %s', (filters, branch, expected) => {
    expect(runsForPullRequests(trigger(filters), branch).answer).toBe(expected);
  });

  it('asks for no types of a merge queue', () => {
    expect(runsForPullRequests(trigger({ event: 'merge_group', types: ['checks_requested'] }), 'main').answer).toBe(
      'yes',
    );
  });
});

describe('coversPath', () => {
  it.each([
    [{}, true],
    [{ paths: ['src/**'] }, false],
    [{ paths: ['**.yaml'] }, true],
    [{ paths: ['**', '!deploy/**'] }, false],
    [{ pathsIgnore: ['**.md'] }, true],
    [{ pathsIgnore: ['deploy/**'] }, false],
  ])('%j: %s', (filters, expected) => {
    expect(coversPath([trigger(filters)], 'deploy/app.yaml')).toBe(expected);
  });

  it('is enough with one event', () => {
    expect(coversPath([trigger({ paths: ['src/**'] }), trigger({ event: 'merge_group' })], 'deploy/app.yaml')).toBe(
      true,
    );
  });
});

it('counts pull requests and merge queues only', () => {
  const events = ['push', 'pull_request', 'pull_request_target', 'merge_group', 'schedule'].map((event) =>
    trigger({ event }),
  );
  expect(mergeTriggers(events).map(({ event }) => event)).toEqual(['pull_request', 'merge_group']);
});
