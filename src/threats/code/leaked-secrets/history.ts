import { isListed } from '../../../engines/secrets/index.ts';
import { searchHistory, type HistorySearch, type HistorySecret } from '../../../engines/secrets-history/index.ts';
import { sha256 } from '../../../lib/hash.ts';
import { isNonEmpty, prove, proveAbsence, type Absence, type FileTree, type Proof } from '../../../model/index.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { historyCounterexample } from './history-counterexample.ts';
import { placesOf, standingOf, withoutSecrets, type Places } from './standing.ts';
import { replayHistory } from './replay-history.ts';
import { searchPlan, type SearchPlan } from './team-rules.ts';

/**
 * No secret that left the tree stands in the history: every blob and message of the object store is searched, whatever
 * reaches it. What still stands in the tree is the other control's finding; here it is counted, not told twice.
 */
export const history: FourproofControl = {
  id: 'history',
  kind: 'exposure',
  title: 'No secret that left the tree stands in a git object or message',
  needs: [],
  async judge(context) {
    const { repository } = context;
    if (repository.git === undefined) return { proof: noRepository(repository), counterexamples: [], gaps: [] };
    if (repository.history === undefined) {
      const message = `The history of ${repository.name} is not read: only the repository itself has it`;
      return {
        counterexamples: [],
        gaps: [{ reason: 'not-in-sight', message, closes: 'fourproof verify', identity: 'history' }],
      };
    }
    const { plan, search, standing } = await searchOnce(context);
    const stands = (one: HistorySecret): ReturnType<typeof standingOf> =>
      standingOf(one.hit, standing, context.isProducts);
    const gone = search.secrets.filter((one) => stands(one) !== 'told').sort(byPlace);
    const known = await repository.history.commits(gone.flatMap(({ commit }) => commit ?? []));
    const commits = withoutSecrets(
      known,
      search.secrets.map(({ hit }) => hit.secret),
    );
    return {
      proof: proofOf(search, plan, search.secrets.length - gone.length, repository),
      counterexamples: gone.map((one) => {
        const at = stands(one);
        const outside = at === 'told' ? undefined : at?.path;
        return historyCounterexample(ignoring(one, plan), commits.get(one.commit ?? ''), outside);
      }),
      gaps: [...plan.gaps, ...search.gaps],
    };
  },
  replay(context, counterexample) {
    return replayHistory(context, counterexample);
  },
};

interface Searched {
  readonly plan: SearchPlan;
  readonly search: HistorySearch;
  /** Where secrets stand in the tree. */
  readonly standing: Places;
}

/** History belongs to the git root: it is searched once, whatever the number of products. */
const searches = new WeakMap<FileTree, Promise<Searched>>();

function searchOnce(context: Context): Promise<Searched> {
  const known = searches.get(context.repository);
  if (known !== undefined) return known;
  const started = searchAll(context);
  searches.set(context.repository, started);
  return started;
}

async function searchAll(context: Context): Promise<Searched> {
  const { repository } = context;
  const plan = await searchPlan(context);
  if (repository.history === undefined) throw new TypeError('the repository has no history');
  const search = await searchHistory(repository.history, plan);
  const standing: Places =
    search.secrets.length === 0 ? new Map() : await placesOf(repository, plan.ruleset, plan.ignore);
  return { plan, search, standing };
}

/** gitleaks' ignore file may name a finding by its commit, too: `commit:file:rule:line`. */
function ignoring(found: HistorySecret, { ignored }: SearchPlan): HistorySecret {
  const { hit, commit } = found;
  if (hit.ignoredBy !== undefined || ignored === undefined || commit === undefined) return found;
  const { rule, location, match } = hit;
  const isIgnored = [match, location].some(({ startLine }) =>
    isListed(ignored, { rule, path: location.path, commit, startLine }),
  );
  return isIgnored ? { ...found, hit: { ...hit, ignoredBy: { by: '.gitleaksignore' } } } : found;
}

function byPlace(a: HistorySecret, b: HistorySecret): number {
  return (
    compare(a.hit.location.path, b.hit.location.path) ||
    a.order - b.order ||
    compare(a.object, b.object) ||
    a.hit.location.startLine - b.hit.location.startLine ||
    a.hit.location.startColumn - b.hit.location.startColumn ||
    compare(a.hit.rule, b.hit.rule)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function proofOf(search: HistorySearch, plan: SearchPlan, standing: number, { name }: FileTree): Proof | Absence {
  const { searched, binaries } = search;
  const body = {
    what: 'git objects',
    digest: sha256,
    method: `Executed: ${plan.ruleset.rules.length} rules (our pack and the team's own) over every blob and the messages of every commit and tag in the object store, reachable or not; ${binaries} binary ${binaries === 1 ? 'blob was' : 'blobs were'} searched by name only. Contents that are encoded or packed are not unpacked.`,
    ...(standing === 0
      ? {}
      : {
          witnesses: [
            {
              note: `${standing} ${standing === 1 ? 'secret of the history still stands' : 'secrets of the history still stand'} in the tree: see worktree`,
            },
          ],
        }),
  };
  if (!isNonEmpty(searched))
    return proveAbsence({ ...body, elements: [name], claim: 'The repository has no commit and no other object yet.' });
  const claim =
    'No blob and no message of the repository holds a secret of a known kind that does not stand in the tree.';
  return prove({ ...body, elements: searched, claim });
}

function noRepository({ name }: FileTree): Absence {
  return proveAbsence({
    claim: 'There is no git repository here, so there is no history that could hold a secret.',
    what: 'folders searched for a git repository',
    elements: [name],
    digest: sha256,
    method: 'The source of the tree found no git repository around it.',
  });
}
