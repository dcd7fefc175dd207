import { judgeForm, type Bounds } from '../../../engines/guardrails/judge.ts';
import type { Invariant } from '../../../engines/guardrails/types.ts';
import { AppliedBounds } from '../../../engines/iam/paths/applied.ts';
import type { DecidingStatement, IamRequest } from '../../../engines/iam/types.ts';
import type { Gap, NonEmpty, Witness } from '../../../model/index.ts';
import { isNonEmpty } from '../../../model/index.ts';
import { conclude } from '../../conclude.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { worldOf } from '../../iam-world.ts';
import { Claims } from './claimed.ts';
import { Doubts } from './doubts.ts';
import { overLimits } from './over-limits.ts';
import { passing } from './passing.ts';
import { realismOf } from './realism.ts';
import { replayCalls } from './replay-calls.ts';
import { scopeOf, withoutAccounts, type ScopedAccount } from './scope.ts';

/** No request that the organisation forbids gets through in any of its accounts. */
export const forbiddenRequests: FourproofControl = {
  id: 'forbidden-requests',
  kind: 'exposure',
  title: 'No account can make a request that the organisation forbids',
  needs: ['terraform', 'iam-export'],
  judge(context) {
    const world = worldOf(context);
    const without = withoutAccounts(context, world);
    if (without !== undefined)
      return 'kind' in without
        ? { proof: without, counterexamples: [], gaps: [] }
        : conclude({
            claim: '',
            what: '',
            elements: [],
            method: '',
            witnesses: [],
            counterexamples: [],
            gaps: without,
          });
    const { organisation } = world;
    const declared = context.declared.guardrails ?? {};
    const scope = scopeOf(world, declared.identityAccount);
    const claims = new Claims(declared, organisation, scope.identityAccount, realismOf(context));
    const bounds = boundsOf(context);
    const groups = new Map<string, Open>();
    const gaps: Gap[] = [...scope.gaps, ...overLimits(organisation), ...claims.problems.map(notRead)];
    const doubts = new Doubts();
    const elements: string[] = [];
    const denials = new Map<string, Witness>();
    for (const account of scope.accounts) {
      const { invariants, ...where } = claims.of(account);
      const unbound: Through[] = [];
      for (const invariant of invariants) {
        const through: Through[] = [];
        for (const form of invariant.forms) {
          const answer = judgeForm(form, invariant, { account: account.id, ...where, now: context.now }, bounds);
          elements.push(`${account.source}: ${invariant.id}: ${form.id}`);
          if (answer.kind === 'passes') through.push({ id: form.id, requests: answer.requests });
          else if (answer.kind === 'undecided') doubts.add(account, invariant, form.id, answer.unknown);
          else for (const by of answer.by) note(denials, by, invariant);
        }
        if (account.management) unbound.push(...through);
        else if (isNonEmpty(through)) group(groups, invariant, account, through);
      }
      if (isNonEmpty(unbound)) group(groups, UNBOUND, account, unbound);
    }
    return conclude({
      claim: 'no account of the organisation makes a request that is forbidden',
      what: 'forbidden calls in each account',
      elements,
      method: `service control policies of every level from the root to the account, decided symbolically for whoever stands in the account and whatever its own policies allow, each call at every resource that AWS authorises it for. AWS attaches FullAWSAccess to every level itself when the policies are switched on, which Terraform does not show and which is taken as attached. Outside: the management account where nothing stands in it, service-linked roles and what AWS starts with them.${scope.notes.map((one) => ` ${one}.`).join('')}`,
      witnesses: [...denials.values()].slice(0, 40),
      counterexamples: [...groups.values()].map((one) => passing(one, organisation)),
      gaps: [...gaps, ...doubts.gaps()],
    });
  },
  replay: replayCalls,
};

/** Nothing binds the management account: one finding says it for all. */
const UNBOUND: Pick<Invariant, 'id' | 'what' | 'severity'> = {
  id: 'management',
  what: 'do whatever the organisation forbids',
  severity: 'high',
};

/** A call that gets through. */
export interface Through {
  readonly id: string;
  readonly requests: NonEmpty<IamRequest>;
}

/** What breaks an invariant in some accounts in the same way. */
export interface Open {
  readonly invariant: Pick<Invariant, 'id' | 'what' | 'severity'>;
  readonly accounts: [ScopedAccount, ...ScopedAccount[]];
  readonly through: NonEmpty<Through>;
  readonly requests: IamRequest[];
}

function group(
  groups: Map<string, Open>,
  invariant: Open['invariant'],
  account: ScopedAccount,
  through: NonEmpty<Through>,
): void {
  const key = [invariant.id, invariant.what, account.management, ...through.map(({ id }) => id)].join('\n');
  const known = groups.get(key);
  const requests = through.flatMap((one) => one.requests);
  if (known === undefined) groups.set(key, { invariant, accounts: [account], through, requests });
  else {
    known.accounts.push(account);
    known.requests.push(...requests);
  }
}

function notRead(problem: string): Gap {
  return {
    reason: 'not-declared',
    message: `an invariant in fourproof.yaml cannot be read: ${problem}`,
    closes: 'mend guardrails.custom in fourproof.yaml',
  };
}

function note(denials: Map<string, Witness>, { policy, statement }: DecidingStatement, { what }: Invariant): void {
  const { at } = statement;
  const key = [policy.name, statement.index].join('\n');
  if (at !== undefined && !denials.has(key))
    denials.set(key, {
      at,
      note: `${statement.sid ?? `statement ${statement.index}`} of ${policy.name ?? 'a policy'} stops it: ${what}`,
    });
}

function boundsOf(context: Context): Bounds {
  const { organisation } = worldOf(context);
  const applied = new AppliedBounds(organisation);
  return {
    organisation,
    unknownsAt: (account) => applied.unknownsAt(account),
    realism: realismOf(context),
  };
}
