import type { Organisation } from '../../../engines/iam/account/organisation-types.ts';
import { matchesReferenceGlob } from '../../../lib/glob.ts';
import type { Counterexample, TraceStep } from '../../../model/index.ts';
import { traceTo } from '../../trace.ts';
import type { Open } from './forbidden-requests.ts';
import { listed } from './listed.ts';
import { requestJson } from './requests-json.ts';
import type { ScopedAccount } from './scope.ts';

/** The finding about an invariant that accounts break. */
export function passing(
  { invariant, accounts, through, requests }: Open,
  organisation: Organisation | undefined,
): Counterexample {
  const [account] = accounts;
  const [first] = through;
  const [request] = first.requests;
  const names = listed(accounts.map(({ name }) => name));
  const calls = listed(through.map(({ id }) => id));
  const near = nearMiss(request.action, invariant, account, organisation);
  const who = request.principal.kind === 'root' ? 'its root user' : (request.principal.role ?? request.principal.arn);
  const end: TraceStep = near ?? { at: account.at, note: whyUnbound(account, organisation), role: 'sink' };
  return {
    title: `${accounts.length === 1 ? 'account' : 'accounts'} ${names} may ${invariant.what}: ${calls}`,
    severity: invariant.severity,
    summary: account.management
      ? `Users or workloads stand in the management account, which service control policies never bind: ${request.action} passes there.`
      : `As ${who}, ${request.action} on ${request.resource} passes${conditionsOf(request.context, invariant)}; ${near === undefined ? 'no service control policy on the way from the root to the account denies it' : near.note}.`,
    input: { kind: 'iam-request', ...requestJson(request) },
    trace: traceTo(end, [
      ...(organisation === undefined
        ? []
        : [{ at: organisation.at, note: enabledNote(organisation), role: 'source' as const }]),
      ...(near === undefined ? [] : [{ at: account.at, note: `account ${account.name}`, role: 'step' as const }]),
    ]),
    replay: { engine: 'forbidden-requests', args: { requests: requests.map(requestJson) } },
    grants: through.map(({ id }) => id),
    identity: [
      invariant.id,
      accounts
        .map(({ source }) => source)
        .sort()
        .join(' '),
      through
        .map(({ id }) => id)
        .sort()
        .join(' '),
    ],
  };
}

const KEYS: ReadonlyMap<string, string> = new Map([
  ['regions', 'aws:requestedregion'],
  ['root-use', 'aws:principalarn'],
]);

/** A statement that denies the action and not this request: what was meant to stop it. */
function nearMiss(
  action: string,
  { id }: Open['invariant'],
  account: ScopedAccount,
  organisation: Organisation | undefined,
): TraceStep | undefined {
  const lower = action.toLowerCase();
  for (const { at, policy, statement } of deniesAt(account, organisation)) {
    const { actions } = statement;
    // What denies everything, or all but some, was meant for this only where it asks for the same key.
    const key = KEYS.get(id);
    const isBroad = actions.negated || actions.patterns.includes('*');
    if (isBroad && !statement.conditions.some((condition) => condition.key.toLowerCase() === key)) continue;
    const names = actions.patterns.some((pattern) => matchesReferenceGlob(pattern.toLowerCase(), lower));
    if (names !== actions.negated)
      return { at: statement.at ?? at, note: `${policy} denies ${action}, and not this request`, role: 'sink' };
  }
  return undefined;
}

function* deniesAt({ id }: ScopedAccount, organisation: Organisation | undefined) {
  if (organisation === undefined || organisation.enabled.serviceControl === false) return;
  let node = organisation.nodes.get(id);
  for (let depth = 0; node !== undefined && depth < 20; depth++) {
    for (const { name, policy, at } of node.serviceControl)
      for (const statement of policy.least.statements)
        if (statement.effect === 'Deny') yield { at, policy: name, statement };
    node = node.parent === undefined ? undefined : organisation.nodes.get(node.parent);
  }
}

function whyUnbound({ name, management }: ScopedAccount, organisation: Organisation | undefined): string {
  if (management) return 'the management account is bound by no service control policy';
  if (organisation?.enabled.serviceControl === false)
    return `account ${name}: service control policies are not switched on`;
  return `account ${name}: no policy from the root down denies it`;
}

function enabledNote({ enabled, source }: Organisation): string {
  return enabled.serviceControl === false
    ? `${source} does not switch on service control policies`
    : `the organisation ${source}`;
}

/** What tells the request apart, of what it carries. */
function conditionsOf(context: ReadonlyMap<string, string | readonly string[]>, { id }: Open['invariant']): string {
  const told = [...context].filter(
    ([key]) =>
      !/^aws:(?:currenttime|epochtime|securetransport|useragent|multifactorauth)/.test(key) &&
      (key !== 'aws:requestedregion' || id === 'regions'),
  );
  return told.length === 0 ? '' : ` with ${told.map(([key, value]) => `${key} ${String(value)}`).join(' and ')}`;
}
