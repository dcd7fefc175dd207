import {
  Closure,
  pathsToAdministrators,
  startsOf,
  type FoundPath,
  type Start,
} from '../../../engines/iam/paths/index.ts';
import type { PathModel } from '../../../engines/iam/paths/model.ts';
import { sha256 } from '../../../lib/hash.ts';
import { proveAbsence, type Counterexample, type Gap, type Witness } from '../../../model/index.ts';
import { conclude } from '../../conclude.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { accountGaps, modelOf, worldGaps } from '../../iam-world.ts';
import { replayRequests } from '../../replay-requests.ts';
import { accountsByIntent, administratorsOf, type Administrators } from './administrators.ts';
import { judgeCrownJewels } from './crown-jewels.ts';
import { counterexampleOf, gapOf } from './path-findings.ts';
import { reviewedRuns } from './reviewed-runs.ts';

/** What the judgements of single paths add to. */
export interface PathFindings {
  readonly counterexamples: Counterexample[];
  readonly gaps: Gap[];
  readonly witnesses: Witness[];
}

/** Nobody but the administrators becomes administrator, and nobody becomes one without MFA, without review, or as a workload. */
export const administratorPaths: FourproofControl = {
  id: 'administrator-paths',
  kind: 'exposure',
  title: 'No principal but the declared administrators reaches administrator',
  needs: ['terraform', 'workflow', 'branch-rules'],
  judge(context) {
    const model = modelOf(context);
    const starts = startsOf(model);
    const { users, roles, people } = model.world;
    const principals = [...users, ...roles].filter(({ declared }) => declared);
    const unread = otherClouds(context);
    if (principals.length === 0 && people.length === 0 && model.world.gaps.length === 0 && unread.length === 0)
      return { proof: noPrincipals(context), counterexamples: [], gaps: [] };
    const administrators = administratorsOf(model, context.declared);
    const closure = new Closure(model);
    const found: PathFindings = { counterexamples: [], gaps: [], witnesses: [] };
    const settled = new Set<string>();
    for (const start of starts)
      for (const path of pathsToAdministrators(model, closure, [start])) {
        // Who gets there with a key alone gets there with more, too.
        const key = `${start.label} ${path.goal.identity.account}`;
        if (settled.has(key)) continue;
        const before = found.counterexamples.length;
        judgePath(path, start, model, administrators, context, found);
        if (found.counterexamples.length > before) settled.add(key);
      }
    judgeUndeclared(model, administrators, found);
    for (const holder of [...principals, ...people])
      for (const { reason, message, at, closes } of holder.gaps)
        found.gaps.push({
          reason,
          message,
          at,
          ...(closes === undefined ? {} : { closes }),
          identity: `${holder.source} ${message}`,
        });
    judgeCrownJewels(context, model, closure, administrators, found);
    found.gaps.push(...accountGaps(model), ...worldGaps(model), ...unread);
    if (closure.incomplete)
      found.gaps.push({
        reason: 'out-of-budget',
        message: 'from some identity so many others are reached that not all of them were followed',
        closes: 'verify parts of the product on their own: `products` in fourproof.yaml',
        identity: 'closure',
      });
    const claimed = administrators.declared ? 'the declared administrators' : 'the direct holders of everything';
    return conclude({
      claim: `nobody but ${claimed} reaches administrator, and nobody reaches one of them without MFA, from an unreviewed run, or as a workload`,
      what: 'identities and the ways in which they sign in',
      elements: [...starts.map(({ id }) => id), ...principals.map(({ arn }) => arn)],
      method: `every chain of requests from each of them: roles they assume, policies, keys, passwords and groups they change, services they hand a role to (65 published ways and two of our own, each request decided by the concrete evaluator and, where there is none, symbolically). Administrators: ${list([...administrators.arns])}. Principals that the code does not declare are outside.${standIns(model)}`,
      witnesses: found.witnesses,
      counterexamples: found.counterexamples,
      gaps: found.gaps,
    });
  },
  replay: replayRequests,
};

function judgePath(
  path: FoundPath,
  start: Start,
  model: PathModel,
  administrators: Administrators,
  context: Context,
  found: PathFindings,
): void {
  const { account } = path.goal.identity;
  const { credential } = start.node;
  const note = `${start.label} administers ${account} as it is meant`;
  if (start.kind === 'person' && (credential === 'mfa' || credential === 'session')) {
    if (accountsByIntent(start.node, model, administrators).has(account)) {
      found.witnesses.push({ at: start.at, note });
      return;
    }
  }
  if (start.kind === 'ci') {
    const runs = reviewedRuns(start, context);
    if (runs.kind === 'reviewed') {
      found.witnesses.push({ at: start.at, note: `${start.label} administers ${account}, from reviewed runs alone` });
      return;
    }
    if (runs.kind === 'undecided') {
      found.gaps.push(gapOf(path, `${start.label} administers ${account}, and ${runs.why}`));
      return;
    }
  }
  if (start.kind === 'outside' && start.label !== 'anybody with an AWS account') {
    found.gaps.push(gapOf(path, `${start.label} administers ${account}, and who that is, is not in sight`));
    return;
  }
  if (path.certainty === 'possible') found.gaps.push(gapOf(path));
  else found.counterexamples.push(counterexampleOf(path, model));
}

/** Whoever holds everything and is not among the declared ones. */
function judgeUndeclared(model: PathModel, { declared, arns }: Administrators, found: PathFindings): void {
  if (!declared) return;
  const holders = administratorsOf(model, {}).arns;
  for (const identity of model.identities.values()) {
    if (!holders.has(identity.arn) || arns.has(identity.arn) || !identity.declared) continue;
    const start: Start = {
      id: identity.kind === 'user' ? `${identity.arn}#mfa` : identity.id,
      kind: 'person',
      label: identity.arn,
      node: { identity, credential: 'mfa' },
      certainty: 'certain',
      why: 'it holds everything',
      at: identity.at,
    };
    found.counterexamples.push(
      counterexampleOf({ start, steps: [], goal: start.node, certainty: 'certain', unknowns: [] }, model),
    );
  }
}

/** Rights that other clouds are told to give; their policies are not read. */
function otherClouds({ terraform }: Context): Gap[] {
  const given = terraform.roots
    .flatMap(({ resources }) => resources)
    .find(
      ({ mode, type }) =>
        mode === 'managed' && /^(?:google_.*_iam_(?:member|binding|policy)|azurerm_role_assignment)$/.test(type),
    );
  return given === undefined
    ? []
    : [
        {
          reason: 'engine-missing',
          message: `this version has no engine for the rights that ${given.address} gives: it reads those of AWS`,
          at: given.headAt,
          identity: 'other clouds',
        },
      ];
}

function noPrincipals({ facts }: Context) {
  return proveAbsence({
    claim: 'the product declares no principals in the cloud',
    what: 'Terraform files searched for users, roles and permission sets',
    elements: facts.inventory.terraform,
    digest: sha256,
    method: 'users, roles, permission sets and exports of accounts were looked for',
  });
}

function list(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  return names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ');
}

function standIns({ world }: PathModel): string {
  const unknown = world.accounts.filter((account) => account.standIn);
  return unknown.length === 0
    ? ''
    : ` ${unknown.map(({ id, name }) => `${id} stands for the account of ${name}`).join('; ')}.`;
}
