import { describe, expect, it } from 'vitest';
import { matchesReferenceGlob } from '../../lib/glob.ts';
import type { Review } from '../reviews/branches.ts';
import { githubCandidates } from './candidates.ts';
import { githubFamilies } from './families.ts';
import type { CiRepository, CiToken, TokenFamily } from './types.ts';

const yes: Review = { answer: 'yes', why: 'reviewed' };
const no: Review = { answer: 'no', why: 'not reviewed' };
const shop: CiRepository = {
  name: 'shop-example/shop',
  reviewedBranches: ['main'],
  reviewedEnvironments: ['production'],
  branch: (name) => (name === 'main' ? yes : no),
  tag: () => no,
  environment: (name) => (name === 'production' ? yes : no),
};

function accepted(patterns: Record<string, readonly string[]>, repository: CiRepository | undefined = shop): CiToken[] {
  const tokens = githubCandidates(new Map(Object.entries(patterns)), repository);
  return tokens.filter((token) =>
    Object.entries(patterns).every(([claim, list]) =>
      list.some((pattern) => matchesReferenceGlob(pattern, token.claims.get(claim) ?? '\0')),
    ),
  );
}

describe('tokens that a trust policy may accept', () => {
  it('finds only the reviewed branch where the subject is bound to it', () => {
    const tokens = accepted({ sub: ['repo:shop-example/shop:ref:refs/heads/main'] });
    expect(tokens.length).toBeGreaterThan(0);
    expect(new Set(tokens.map((token) => token.review.answer))).toEqual(new Set(['yes']));
  });

  it('finds a pull request where any subject of the repository is accepted', () => {
    const tokens = accepted({ sub: ['repo:shop-example/shop:*'] });
    expect(tokens.map((token) => token.claims.get('sub'))).toContain('repo:shop-example/shop:pull_request');
  });

  it('finds the repository of somebody else where the owner is free', () => {
    const tokens = accepted({ sub: ['repo:*:ref:refs/heads/main'] });
    expect(tokens.some((token) => token.claims.get('repository') === 'somebody-else/any')).toBe(true);
  });

  it('keeps the claims of one run in agreement', () => {
    const tokens = accepted({
      sub: ['repo:shop-example/shop:*'],
      job_workflow_ref: ['shop-example/shop/.github/workflows/publish.yml@refs/heads/main'],
    });
    expect(tokens.length).toBeGreaterThan(0);
    for (const token of tokens) expect(token.claims.get('ref')).toBe('refs/heads/main');
  });

  it('is vouched for by a reviewed environment, whatever started the run', () => {
    const tokens = accepted({ sub: ['repo:shop-example/shop:environment:production'] });
    expect(new Set(tokens.map((token) => token.review.answer))).toEqual(new Set(['yes']));
  });

  it('composes the subject by the template of the repository', () => {
    const custom: CiRepository = { ...shop, subjectKeys: ['repo', 'context', 'job_workflow_ref'] };
    const [token] = githubCandidates(new Map(), custom);
    expect(token?.claims.get('sub')).toBe(
      'repo:shop-example/shop:pull_request:job_workflow_ref:shop-example/shop/.github/workflows/any.yml@refs/pull/1/merge',
    );
  });
});

describe('families of unreviewed tokens', () => {
  it('hold every concrete token that is not reviewed', () => {
    const families = githubFamilies(shop);
    for (const token of githubCandidates(new Map([['sub', ['repo:shop-example/other:*', 'repo:x/*']]]), shop)) {
      const held = families.some((family) => holds(family, token));
      if (token.review.answer !== 'yes') expect(held, token.how).toBe(true);
    }
  });

  it('do not hold the token of a reviewed branch', () => {
    const tokens = accepted({ sub: ['repo:shop-example/shop:ref:refs/heads/main'] });
    for (const token of tokens) expect(githubFamilies(shop).some((family) => holds(family, token))).toBe(false);
  });
});

function holds(family: TokenFamily, token: CiToken): boolean {
  return [...token.claims].every(([claim, value]) => {
    const pattern = family.claims.get(claim) ?? '*';
    const except = family.except.get(claim) ?? [];
    return matchesReferenceGlob(pattern, value) && !except.some((glob) => matchesReferenceGlob(glob, value));
  });
}
