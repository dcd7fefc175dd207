import type { Invariant } from '../../../engines/guardrails/types.ts';
import type { UnknownPart } from '../../../engines/iam/types.ts';
import type { Gap } from '../../../model/index.ts';
import { listed } from './listed.ts';
import type { ScopedAccount } from './scope.ts';

interface Doubt {
  readonly invariant: Invariant;
  readonly unknown: UnknownPart;
  readonly accounts: Map<string, ScopedAccount>;
  readonly forms: Set<string>;
}

/** Collects what could not be decided; one gap for each invariant and reason. */
export class Doubts {
  readonly #all = new Map<string, Doubt>();

  add(account: ScopedAccount, invariant: Invariant, form: string, unknown: UnknownPart): void {
    const key = [invariant.id, invariant.what, unknown.why, unknown.at?.path].join('\n');
    const doubt = this.#all.get(key) ?? { invariant, unknown, accounts: new Map(), forms: new Set() };
    doubt.accounts.set(account.source, account);
    doubt.forms.add(form);
    this.#all.set(key, doubt);
  }

  gaps(): Gap[] {
    return [...this.#all].flatMap(([key, { invariant, unknown, accounts, forms }]) => {
      const [first] = accounts.values();
      if (first === undefined) return [];
      const names = listed([...accounts.values()].map(({ name }) => name));
      return {
        reason: 'unresolved-value' as const,
        message: `whether ${accounts.size === 1 ? 'account' : 'accounts'} ${names} may ${invariant.what} (${listed([...forms])}) is not known: ${unknown.why}`,
        at: unknown.at ?? first.at,
        closes: closesOf(unknown.why),
        identity: [key, ...[...accounts.keys()].sort(), ...[...forms].sort()].join('\n'),
      };
    });
  }
}

function closesOf(why: string): string {
  if (why.endsWith('not documented'))
    return 'write BoolIfExists in the statement that denies it, which holds either way';
  if (why.endsWith('not in sight') && why.startsWith('it passes where'))
    return 'except principals by ARN, and declare them under guardrails.except in fourproof.yaml';
  return 'give the value, or bring `terraform show -json plan.out > plan.json` or the export of the organisation';
}
