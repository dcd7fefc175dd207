import { describe, expect, it } from 'vitest';
import { matchesPathGlob, matchesReferenceGlob, matchesWholePath } from './glob.ts';

describe('matchesReferenceGlob', () => {
  it.each([
    ['docker.io/library/*', 'docker.io/library/node:22@sha256:ab', true],
    ['docker.io/library/node:*', 'docker.io/library/node:22', true],
    ['docker.io/library/node:*', 'docker.io/library/node-evil:22', false],
    ['*', '', true],
    ['a?c', 'abc', true],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'axxbyy', false],
  ])('%s over %s: %s', (glob, text, expected) => {
    expect(matchesReferenceGlob(glob, text)).toBe(expected);
  });

  it('takes pathological globs in little time', () => {
    expect(matchesReferenceGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
  });
});

describe('matchesWholePath', () => {
  it.each([
    ['**', 'a/b/c', true],
    ['*', 'a', true],
    ['*', 'a/b', false],
    ['**.js', 'a/b.js', true],
    ['**/README.md', 'README.md', true],
    ['**/README.md', 'a/b/README.md', true],
    ['**/README.md', 'xREADME.md', false],
    ['docs/**', 'docs/a/b', true],
    ['docs/**', 'docsx/a', false],
    ['docs', 'docs/a', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['releases/**', 'releases/1', true],
    ['releases/*', 'releases/1/2', false],
  ])('%s over %s: %s', (glob, path, expected) => {
    expect(matchesWholePath(glob, path)).toBe(expected);
  });
});

describe('matchesPathGlob', () => {
  it.each([
    ['.', 'a/b', true],
    ['services/orders', 'services/orders/pom.xml', true],
    ['services/*', 'services/orders/pom.xml', true],
    ['services/*/src', 'services/orders/pom.xml', false],
    ['./a/', 'a/b', true],
  ])('%s holds %s: %s', (glob, path, expected) => {
    expect(matchesPathGlob(glob, path)).toBe(expected);
  });
});
