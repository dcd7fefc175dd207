import { FREE, githubToken, type GithubRun } from './github.ts';
import type { CiRepository, CiToken } from './types.ts';

const MOST = 2000;
const WORKFLOW = '.github/workflows/any.yml';

/**
 * Concrete tokens that may be what a trust policy accepts: the names that its patterns speak of, with wildcards filled
 * in, and names that nobody reserved. Each is a token that a run would really get, with all its claims in agreement.
 * @param patterns By claim, the patterns that the policy compares it with.
 */
export function githubCandidates(
  patterns: ReadonlyMap<string, readonly string[]>,
  own: CiRepository | undefined,
): CiToken[] {
  const values = (claim: string): string[] => [...new Set((patterns.get(claim) ?? []).flatMap(fillings))].slice(0, 20);
  const contexts = [...values('sub'), ...values('job_workflow_ref')];
  const refs = [...contexts, ...values('ref')].flatMap((text) => /refs\/(?:heads|tags)\/[^:]+/.exec(text)?.[0] ?? []);
  const environments = [
    undefined,
    'any-environment',
    ...values('environment'),
    ...contexts.flatMap((text) => /(?:^|:)environment:([^:]+)/.exec(text)?.[1] ?? []),
  ];
  const files = [WORKFLOW, ...contexts.flatMap((text) => /(\.github\/workflows\/[^@:]+)@/.exec(text)?.[1] ?? [])];
  const runs = unique([
    { event: 'pull_request' as const, ref: '1' },
    ...['any-branch', ...named(refs, 'heads')].map((ref) => ({ event: 'branch' as const, ref })),
    ...['any-tag', ...named(refs, 'tags')].map((ref) => ({ event: 'tag' as const, ref })),
  ]).flatMap((start) =>
    unique(environments).flatMap((environment) =>
      unique(files).map((file): GithubRun => ({
        ...start,
        file,
        ...(environment === undefined ? {} : { environment }),
      })),
    ),
  );
  const free = new Map(FREE.map((claim) => [claim, values(claim)[0] ?? DEFAULTS[claim]] as const));
  const audience = values('aud')[0] ?? DEFAULTS.aud;
  return repositoriesIn(contexts, values('repository'), own)
    .flatMap((repository) => runs.map((run) => githubToken(repository, run, new Map([...free, ['aud', audience]]))))
    .slice(0, MOST);
}

const DEFAULTS = {
  aud: 'sts.amazonaws.com',
  actor: 'anybody',
  actor_id: '1',
  repository_id: '1',
  enterprise_id: '1',
  workflow: 'any',
} as const satisfies Record<(typeof FREE)[number], string>;

/** The product's own repository, those that the policy names, and one of somebody else. */
function repositoriesIn(
  contexts: readonly string[],
  repositories: readonly string[],
  own: CiRepository | undefined,
): CiRepository[] {
  const names = contexts.flatMap((text) => /^(?:repo:)?([\w.-]+\/[\w.-]+)(?:[:/]|$)/.exec(text)?.[1] ?? []);
  const foreign = unique([...names, ...repositories]).filter((name) => name !== own?.name);
  return [
    ...(own === undefined ? [] : [own]),
    ...foreign.map((name) =>
      unseen(name, { answer: 'undecided', why: `who approves changes in ${name} is not in sight` }),
    ),
    unseen('somebody-else/any', { answer: 'no', why: 'anybody may create a repository of their own' }),
  ];
}

function unseen(name: string, review: ReturnType<CiRepository['branch']>): CiRepository {
  const answer = () => review;
  return { name, reviewedBranches: [], reviewedEnvironments: [], branch: answer, tag: answer, environment: answer };
}

/** A pattern with its wildcards filled in, with something and with nothing. */
function fillings(pattern: string): string[] {
  const filled = pattern.replaceAll('?', 'x');
  return filled.includes('*') ? [filled.replaceAll('*', 'x'), filled.replaceAll('*', '')] : [filled];
}

function named(refs: readonly string[], kind: 'heads' | 'tags'): string[] {
  const prefix = `refs/${kind}/`;
  return refs.flatMap((ref) =>
    ref.startsWith(prefix) && ref.length > prefix.length ? [ref.slice(prefix.length)] : [],
  );
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify([item]), item])).values()];
}
