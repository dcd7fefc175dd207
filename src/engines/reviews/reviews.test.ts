import { describe, expect, it } from 'vitest';
import type { BranchRulesFact } from '../../facts/branch-rules/types.ts';
import { reviewOfBranch } from './branches.ts';

const at = { path: 'main.tf', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };

function rule(changes: Partial<BranchRulesFact>): BranchRulesFact {
  return {
    path: 'main.tf',
    at,
    source: 'github_repository_ruleset.main',
    enforced: true,
    include: ['~DEFAULT_BRANCH'],
    exclude: [],
    requiredChecks: [],
    approvals: 1,
    codeOwners: false,
    bypass: [],
    codeScanning: false,
    unresolved: [],
    ...changes,
  };
}

describe('review of a branch', () => {
  it.each<[string, readonly BranchRulesFact[], string, string | undefined, string]>([
    ['a rule asks for an approval', [rule({})], 'main', 'main', 'yes'],
    ['without rules nothing is known', [], 'main', 'main', 'undecided'],
    ['another branch is not bound', [rule({})], 'feature', 'main', 'no'],
    ['all branches are bound', [rule({ include: ['~ALL'] })], 'feature', 'main', 'yes'],
    ['a star stops at a slash', [rule({ include: ['refs/heads/release/*'] })], 'release/1/a', 'main', 'no'],
    ['excluded', [rule({ exclude: ['main'] })], 'main', 'main', 'no'],
    ['evaluated, not enforced', [rule({ enforced: false })], 'main', 'main', 'no'],
    ['not known whether enforced', [notWrittenOut()], 'main', 'main', 'undecided'],
    ['no approval asked for', [rule({ approvals: 0 })], 'main', 'main', 'no'],
    ['no pull request asked for, values missing', [withoutPull([{ text: 'x', at }])], 'main', 'main', 'undecided'],
    ['a robot may go round', [rule({ bypass: ['Integration 5 always'] })], 'main', 'main', 'no'],
    ['administrators may go round', [rule({ bypass: ['RepositoryRole 5 always'] })], 'main', 'main', 'yes'],
    ['a writer role may go round', [rule({ bypass: ['RepositoryRole 4 always'] })], 'main', 'main', 'no'],
    [
      'an export of one branch is silent on others',
      [rule({ source: 'rules of the branch, exported' })],
      'x',
      'main',
      'undecided',
    ],
    ['rules of two repositories', [rule({ repository: 'a' }), rule({ repository: 'b' })], 'main', 'main', 'undecided'],
    ['the default branch is not known', [rule({})], 'master', undefined, 'yes'],
  ])('%s', (_name, rules, branch, defaultBranch, expected) => {
    expect(reviewOfBranch(branch, rules, defaultBranch).answer).toBe(expected);
  });
});

function notWrittenOut(): BranchRulesFact {
  const { enforced: _enforced, ...rest } = rule({});
  return rest;
}

function withoutPull(unresolved: BranchRulesFact['unresolved']): BranchRulesFact {
  const { approvals: _approvals, ...rest } = rule({ unresolved });
  return rest;
}
