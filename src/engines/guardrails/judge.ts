import type { IamCondition } from '../../facts/iam-policy/types.ts';
import { isNonEmpty } from '../../model/index.ts';
import { evaluate } from '../iam/concrete/evaluate.ts';
import { levelsOf, type Bound } from '../iam/paths/applied.ts';
import type { Organisation } from '../iam/account/organisation-types.ts';
import { findRequest } from '../iam/symbolic/find-request.ts';
import type { Realism, RequestAnswer } from '../iam/symbolic/types.ts';
import type { AppliedPolicies, IamRequest, RequestPrincipal, UnknownPart } from '../iam/types.ts';
import { EVERYTHING, FOREIGN_ACCOUNT, SHARED, drillPrincipals } from './administrators.ts';
import { callRequests, filledIn, type Site } from './calls.ts';
import type { Form, FormAnswer, Invariant, Part, Variant } from './types.ts';

/** About a second for one question; they answer in milliseconds. */
const BUDGET = 3_000_000;

/** Keys that neither a caller chooses nor the sources tell. */
const NOT_CHOSEN =
  /^aws:(?:principaltag\/|principalorg|sourcevpc|sourcevpce|vpcsourceip|sourceorg|sourceaccount|sourcearn|resourceorg|resourcetag\/|userid|federatedprovider|calledvia|viaawsservice|principalisawsservice|principalservicename)/;

/** The organisation, what is not known of it, and what exists at AWS. */
export interface Bounds {
  readonly organisation: Organisation | undefined;
  unknownsAt(account: string): readonly UnknownPart[];
  readonly realism: Realism;
}

/**
 * Whether anybody in an account gets a form of a call past the organisation's policies, whatever the account's own policies
 * say: plain calls first, by the concrete evaluator; then all others, symbolically, which alone can say that there is none.
 */
export function judgeForm(form: Form, invariant: Invariant, site: Site, bounds: Bounds): FormAnswer {
  const answers = form.variants.map((variant) => judgeVariant(form, variant, invariant, site, bounds));
  const passes = answers.filter((answer) => answer.kind === 'passes');
  const [passing] = passes;
  const undecided = answers.find((answer) => answer.kind === 'undecided');
  if (passing !== undefined && passes.length === answers.length) return passing;
  if (undecided !== undefined) return undecided;
  if (passing === undefined)
    return { kind: 'blocked', by: answers.flatMap((one) => (one.kind === 'blocked' ? one.by : [])) };
  const key = form.variants.flatMap(({ absent }) => absent)[0] ?? 'its key';
  return {
    kind: 'undecided',
    unknown: {
      why: `it is told apart by ${key}, and whether AWS sends that key when the caller leaves the parameter out is not documented`,
    },
  };
}

function judgeVariant(form: Form, variant: Variant, invariant: Invariant, site: Site, bounds: Bounds): FormAnswer {
  const policies = (bound: Bound, part: Part | undefined) =>
    appliedTo(site.account, bound, part?.foreign === true, bounds.organisation);
  const passesAll = (requests: readonly IamRequest[], bound: Bound) =>
    requests.every((request, index) => evaluate(request, policies(bound, form.parts[index])).decision === 'Allowed');
  const drilled = drillPrincipals(site.account, invariant).flatMap((principal) =>
    form.examples.map((example) => callRequests(form, example, variant, principal, site)),
  );
  const plain = drilled.find((requests) => passesAll(requests, 'least'));
  if (plain !== undefined) return { kind: 'passes', requests: plain };
  const search = (part: Part, bound: Bound, as?: RequestPrincipal) =>
    findRequest(questionOf(form, part, variant, invariant, site, policies(bound, part), bounds.realism, as));
  for (const [index, part] of form.parts.entries()) {
    const answer = search(part, 'most');
    if (answer.kind === 'none') {
      const by = drilled.flatMap((requests) => {
        const request = requests[index];
        const decision = request === undefined ? undefined : evaluate(request, policies('most', part));
        return decision?.decision === 'ExplicitlyDenied' ? decision.by : [];
      });
      return { kind: 'blocked', by };
    }
  }
  const found: IamRequest[] = [];
  for (const part of form.parts) {
    const answer: RequestAnswer = search(part, 'least', found[0]?.principal);
    if (answer.kind === 'found') found.push(answer.request);
    else if (answer.kind === 'undecided') return { kind: 'undecided', unknown: { why: answer.why } };
    else break;
  }
  const together = asOneCall(found);
  if (found.length < form.parts.length || !isNonEmpty(together) || !passesAll(together, 'least')) {
    const [unknown] = bounds.unknownsAt(site.account);
    return {
      kind: 'undecided',
      unknown: unknown ?? { why: 'whether it passes at all its resources together is not decided' },
    };
  }
  const guessed = together.flatMap(({ context }) => [...context.keys()].filter((key) => NOT_CHOSEN.test(key)));
  const [key] = guessed;
  if (key !== undefined)
    return {
      kind: 'undecided',
      unknown: {
        why: `it passes where ${key} is ${String(together[0].context.get(key))}, and who can bring that about is not in sight`,
      },
    };
  return { kind: 'passes', requests: together };
}

/** The requests of one call agree about who calls, from where and where to: about every global key. */
function asOneCall(requests: readonly IamRequest[]): IamRequest[] {
  const shared = new Map<string, string | readonly string[]>();
  for (const { context } of requests)
    for (const [key, value] of context) if (key.startsWith('aws:') && !shared.has(key)) shared.set(key, value);
  return requests.map((request) => ({ ...request, context: new Map([...request.context, ...shared]) }));
}

function questionOf(
  form: Form,
  part: Part,
  variant: Variant,
  { except, asRoot }: Invariant,
  site: Site,
  policies: AppliedPolicies,
  realism: Realism,
  as: RequestPrincipal | undefined,
): Parameters<typeof findRequest>[0] {
  const { account } = site;
  const excepted: IamCondition[] =
    except.length === 0
      ? []
      : [{ operator: 'StringNotLike', ifExists: false, key: 'aws:PrincipalArn', values: except }];
  const space = {
    actions: [form.actions],
    ...(part.resources === undefined
      ? {}
      : {
          resources: [
            {
              negated: part.resources.negated,
              patterns: part.resources.patterns.map((pattern) => filledIn(pattern, { account, region: '*' })),
            },
          ],
        }),
    conditions: [...(part.keyed ? (form.conditions ?? []) : []), ...excepted],
    ...(part.keyed ? { context: variant.context, absent: variant.absent } : {}),
  };
  const root = { kind: 'root', arn: `arn:aws:iam::${account}:root`, account } as const;
  const anybody = { kinds: ['role-session', 'user', 'root'], account } as const;
  const query = {
    policies,
    principal: as ?? (asRoot === true ? root : anybody),
    ...(part.foreign === true ? { resourceAccount: FOREIGN_ACCOUNT } : {}),
    space,
    budget: BUDGET,
  };
  if (form.manyActions !== true) return query;
  // What a reader knows is a better example than the shortest.
  const known = { negated: false, patterns: form.examples.map(({ action }) => action) };
  const narrower = { ...query, space: { ...space, actions: [form.actions, known] } };
  if (known.patterns.length > 0 && findRequest(narrower).kind === 'found') return narrower;
  // First anything at all, which is quick.
  return findRequest(query).kind === 'none' ? query : { ...query, realism };
}

/** What applies to an administrator of an account; policies of resources can only take away. */
export function appliedTo(
  account: string,
  bound: Bound,
  foreign: boolean,
  organisation: Organisation | undefined,
): AppliedPolicies {
  const serviceControl = levelsOf(organisation, bound, 'serviceControl', account);
  // Resource control policies are for a few services; they count where they could stop a call, and prove nothing.
  const resourceControl =
    bound === 'least' && !foreign ? levelsOf(organisation, bound, 'resourceControl', account) : undefined;
  return {
    identity: [EVERYTHING],
    ...(foreign ? { resource: [SHARED] } : {}),
    ...(serviceControl === undefined ? {} : { serviceControl }),
    ...(resourceControl === undefined ? {} : { resourceControl }),
    ...(organisation?.management === account ? { managementAccount: true } : {}),
  };
}
