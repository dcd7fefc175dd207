import { FREE, GITHUB_ISSUER, githubToken, type GithubRun } from './github.ts';
import type { CiRepository, CiToken, TokenFamily } from './types.ts';

/**
 * Families that hold every token of GitHub that no reviewed run gets: those of the repository's own unreviewed runs,
 * and those of all other repositories. Without a repository, of all of them.
 */
export function githubFamilies(repository: CiRepository | undefined): TokenFamily[] {
  const others = everywhere(repository);
  return repository === undefined ? [others] : [...ownFamilies(repository), others];
}

function ownFamilies(repository: CiRepository): TokenFamily[] {
  const runs: GithubRun[] = [
    { event: 'pull_request', file: '*' },
    { event: 'branch', ref: '*', file: '*' },
    { event: 'tag', ref: '*', file: '*' },
    { event: 'pull_request', environment: '*', file: '*' },
    { event: 'branch', ref: '*', environment: '*', file: '*' },
    { event: 'tag', ref: '*', environment: '*', file: '*' },
  ];
  return runs.map((run) => {
    const token = githubToken(repository, run, new Map());
    return { ...token, except: reviewedClaims(repository, run) };
  });
}

/**
 * Claims of reviewed runs: a branch's own token and an environment's own are not in the family of the unreviewed. The
 * workflow is no such claim: a run of any branch may call a workflow of a reviewed one, and has its name in the token.
 */
function reviewedClaims(repository: CiRepository, run: GithubRun): ReadonlyMap<string, readonly string[]> {
  const except = new Map<string, string[]>();
  const add = (token: CiToken, names: readonly string[]): void => {
    for (const name of names) {
      const value = token.claims.get(name);
      if (value !== undefined) except.set(name, [...(except.get(name) ?? []), value]);
    }
  };
  if (run.event === 'branch')
    for (const ref of repository.reviewedBranches)
      add(
        githubToken(repository, { ...run, ref }, new Map()),
        run.environment === undefined ? ['ref', 'sub'] : ['ref'],
      );
  if (run.environment !== undefined)
    for (const environment of repository.reviewedEnvironments)
      add(githubToken(repository, { ...run, environment }, new Map()), ['environment', 'sub']);
  return except;
}

/** Any token of any other repository: who approves what there is not in sight. */
function everywhere(repository: CiRepository | undefined): TokenFamily {
  const claims = new Map(
    ['sub', 'repository', 'ref', 'job_workflow_ref', 'environment', ...FREE].map((name) => [name, '*'] as const),
  );
  const own = repository?.name;
  return {
    issuer: GITHUB_ISSUER,
    how: own === undefined ? 'a run in some repository' : 'a run in another repository',
    review: { answer: 'undecided', why: 'who approves changes in other repositories is not in sight' },
    claims,
    except: own === undefined ? new Map() : new Map([['repository', [own]], ...subjects(repository)]),
  };
}

/** Without a template every subject of the repository starts with its name. */
function subjects(repository: CiRepository | undefined): [string, string[]][] {
  return repository === undefined || repository.subjectKeys !== undefined
    ? []
    : [['sub', [`repo:${repository.name}:*`]]];
}
