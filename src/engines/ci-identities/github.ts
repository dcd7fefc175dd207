import type { Review } from '../reviews/branches.ts';
import type { CiRepository, CiToken } from './types.ts';

export const GITHUB_ISSUER = 'token.actions.githubusercontent.com';

/** What starts a run, and the environment that its job names. */
export interface GithubRun {
  readonly event: 'pull_request' | 'branch' | 'tag';
  /** Name of the branch or tag, number of the pull request. */
  readonly ref?: string;
  readonly environment?: string;
  /** Path of the workflow's file below the root. */
  readonly file: string;
}

/** Claims that say who or what else took part, by name; `*` stands for anything. */
export type FreeClaims = ReadonlyMap<(typeof FREE)[number], string>;

/** Claims that a run does not determine and that AWS reads as condition keys. */
export const FREE = ['aud', 'actor', 'actor_id', 'repository_id', 'enterprise_id', 'workflow'] as const;

/**
 * The token of a run: https://docs.github.com/actions/reference/security/oidc. The audience is whatever the workflow
 * asks for; whoever may push a branch may add a workflow that asks.
 */
export function githubToken(repository: CiRepository, run: GithubRun, free: FreeClaims): CiToken {
  const { name } = repository;
  const [owner = ''] = name.split('/');
  const ref =
    run.event === 'pull_request'
      ? `refs/pull/${run.ref ?? '*'}/merge`
      : `refs/${run.event === 'branch' ? 'heads' : 'tags'}/${run.ref ?? '*'}`;
  const context =
    run.environment === undefined
      ? run.event === 'pull_request'
        ? 'pull_request'
        : `ref:${ref}`
      : `environment:${run.environment}`;
  const claims = new Map<string, string>([
    ...FREE.map((key) => [key, free.get(key) ?? '*'] as const),
    ['repository', name],
    ['repository_owner', owner],
    ['ref', ref],
    ['ref_type', run.event === 'tag' ? 'tag' : 'branch'],
    ['job_workflow_ref', `${name}/${run.file}@${ref}`],
    ['event_name', run.event === 'pull_request' ? 'pull_request' : 'push'],
    ...(run.environment === undefined ? [] : [['environment', run.environment] as const]),
  ]);
  claims.set('sub', subjectOf(repository, context, claims));
  return { issuer: GITHUB_ISSUER, how: wordsOf(name, run), review: reviewOf(repository, run), claims };
}

/** `repo:o/r:context`, or what the repository's customization template makes of the claims. */
function subjectOf({ name, subjectKeys }: CiRepository, context: string, claims: ReadonlyMap<string, string>): string {
  if (subjectKeys === undefined) return `repo:${name}:${context}`;
  return subjectKeys
    .map((key) => {
      if (key === 'repo') return `repo:${name}`;
      return key === 'context' ? context : `${key}:${claims.get(key) ?? ''}`;
    })
    .join(':');
}

/** An environment that lets a run pass vouches for it, whatever started it; so does a branch for its own code. */
function reviewOf(repository: CiRepository, run: GithubRun): Review {
  const own: Review =
    run.event === 'pull_request'
      ? { answer: 'no', why: 'a pull request runs its own workflow before anybody approved it' }
      : run.event === 'branch'
        ? repository.branch(run.ref ?? '*')
        : repository.tag(run.ref ?? '*');
  if (run.environment === undefined || own.answer === 'yes') return own;
  const environment = repository.environment(run.environment);
  if (environment.answer === 'yes') return environment;
  return own.answer === 'no' ? environment : own;
}

function wordsOf(repository: string, { event, ref, environment }: GithubRun): string {
  const start = event === 'pull_request' ? 'a pull request' : `a push to the ${event} ${ref ?? ''}`;
  return `${start} in ${repository}${environment === undefined ? '' : `, in the environment ${environment}`}`;
}
