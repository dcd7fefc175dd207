import { customInvariant } from '../../../engines/guardrails/custom.ts';
import { cloudtrail, config, guardduty, leaving } from '../../../engines/guardrails/invariants/audit.ts';
import { instanceLock, regionLock } from '../../../engines/guardrails/invariants/locks.ts';
import { rootUse } from '../../../engines/guardrails/invariants/root-use.ts';
import { unencryptedStorage } from '../../../engines/guardrails/invariants/unencrypted-storage.ts';
import { usersAndKeys } from '../../../engines/guardrails/invariants/users-and-keys.ts';
import { lockOf, type Lock } from '../../../engines/guardrails/locks.ts';
import type { Invariant } from '../../../engines/guardrails/types.ts';
import type { Organisation } from '../../../engines/iam/account/organisation-types.ts';
import { levelsOf } from '../../../engines/iam/paths/applied.ts';
import type { Realism } from '../../../engines/iam/symbolic/types.ts';
import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import type { DeclaredGuardrails } from '../../context.ts';
import type { ScopedAccount } from './scope.ts';

/** What is claimed of one account, and the region in which its drills happen. */
export interface Claimed {
  readonly invariants: readonly Invariant[];
  readonly region: string;
  /** An instance type that drills start where the type is not the point. */
  readonly instanceType: string;
}

/** Chooses the invariants by what is declared, and reads from the policies what they lock. */
export class Claims {
  readonly #declared: DeclaredGuardrails;
  readonly #organisation: Organisation | undefined;
  readonly #all: readonly IamPolicy[];
  readonly #identityAccount: string | undefined;
  readonly #custom: readonly Invariant[];
  /** What is wrong with the invariants that the team wrote. */
  readonly problems: readonly string[];

  constructor(
    declared: DeclaredGuardrails,
    organisation: Organisation | undefined,
    identityAccount: string | undefined,
    realism: Realism,
  ) {
    this.#declared = declared;
    this.#organisation = organisation;
    this.#identityAccount = identityAccount;
    this.#all = [...(organisation?.nodes.values() ?? [])].flatMap((node) =>
      policiesOf(node.serviceControl.map(({ policy }) => policy)),
    );
    const written = (declared.custom ?? []).map((one) => ({ id: one.id, read: customInvariant(one, realism) }));
    this.#custom = written.flatMap(({ read }) => ('problem' in read ? [] : [read]));
    this.problems = written.flatMap(({ id, read }) => ('problem' in read ? [`${id}: ${read.problem}`] : []));
  }

  of({ id }: ScopedAccount): Claimed {
    const bound = (['most', 'least'] as const).flatMap((side) =>
      (levelsOf(this.#organisation, side, 'serviceControl', id) ?? []).flatMap(({ policies }) => policies),
    );
    const lock = (key: string) => lockOf(key, bound) ?? lockOf(key, this.#all);
    const regions = listed(this.#declared.regions) ?? lock('aws:requestedregion');
    const types = listed(this.#declared.instanceTypes) ?? lock('ec2:instancetype');
    const { claim, except = [] } = this.#declared;
    const builtIn = [
      ...(id === this.#identityAccount ? [] : [usersAndKeys]),
      unencryptedStorage,
      regionLock(regions),
      instanceLock(types, lock('rds:databaseclass')),
      leaving,
      cloudtrail,
      guardduty,
      config,
      rootUse,
    ].filter((one) => claim === undefined || claim.includes(one.id));
    const invariants = [...builtIn, ...this.#custom].map((one) => ({ ...one, except: [...one.except, ...except] }));
    const first = (lock: Lock | undefined) =>
      lock?.kind === 'only' ? lock.values.find((value) => !/[*?]/.test(value)) : undefined;
    return { invariants, region: first(regions) ?? 'eu-west-1', instanceType: first(types) ?? 't3.micro' };
  }
}

function listed(values: readonly string[] | undefined): Lock | undefined {
  return values === undefined ? undefined : { kind: 'only', values };
}

function policiesOf(bounded: readonly { readonly most: IamPolicy; readonly least: IamPolicy }[]): IamPolicy[] {
  return bounded.flatMap(({ most, least }) => (most === least ? [most] : [most, least]));
}
