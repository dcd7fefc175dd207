import { describe, expect, it } from 'vitest';
import { fourproofLooksAt } from './looks-at.ts';

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
