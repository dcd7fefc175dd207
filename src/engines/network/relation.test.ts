import { describe, expect, it } from 'vitest';
import { compare } from '../../../conformance/network/compare.ts';

describe('the relation and the naive evaluator', () => {
  it.each(['kubernetes', 'cluster', 'calico'] as const)('agree on random connections: %s', async (flavour) => {
    const answers = { allowed: 0, denied: 0, unknown: 0 };
    for (let seed = 5000; seed < 5020; seed++) {
      const { disagreements, allowed, denied, unknown } = await compare(seed, flavour, 100);
      expect(disagreements).toEqual([]);
      answers.allowed += allowed;
      answers.denied += denied;
      answers.unknown += unknown;
    }
    // Clusters in which everything is allowed, or nothing is known, would agree about anything.
    expect(answers.allowed).toBeGreaterThan(100);
    expect(answers.denied).toBeGreaterThan(100);
    expect(answers.unknown).toBeGreaterThan(10);
  });
});
