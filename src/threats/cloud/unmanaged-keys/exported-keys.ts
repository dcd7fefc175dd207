import type { AccessKey, IamUser } from '../../../engines/iam/account/types.ts';
import type { ReplayOutcome } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import { worldOf } from '../../iam-world.ts';
import type { IssuedSecret } from './issued-secrets.ts';
import { OLD_AFTER, type KeyFindings } from './key-findings.ts';

const DAY = 86_400_000;

/** Judges the keys that an export of an account names: old ones, and those that no code issues. */
export function judgeExportedKeys(context: Context, issued: readonly IssuedSecret[], found: KeyFindings): void {
  for (const user of worldOf(context).users) {
    for (const key of user.accessKeys) {
      if (key.created === undefined || key.status === 'Inactive') continue;
      found.elements.push(`${user.arn}: ${key.source}`);
      const age = ageOf(key, context.now);
      if (age === undefined) continue;
      if (age > OLD_AFTER) reportOld(user, key, age, found);
      else if (!issued.some((secret) => secret.user === user.name)) reportUnissued(user, key, found);
      else found.witnesses.push({ at: key.at, note: `a key of ${user.name} is ${age} days old` });
    }
  }
}

/** Reads the export again. */
export function replayExported(context: Context, source: string, created: string): ReplayOutcome {
  const key = worldOf(context)
    .users.flatMap((user) => user.accessKeys)
    .find((one) => one.source === source && one.created === created);
  const age = key === undefined ? undefined : ageOf(key, context.now);
  return {
    confirmed: key !== undefined && key.status !== 'Inactive',
    steps: [
      `read ${source} again`,
      age === undefined ? 'it names no such key any more' : `the key is active and ${age} days old`,
    ],
  };
}

function ageOf({ created }: AccessKey, now: Date): number | undefined {
  const made = created === undefined ? Number.NaN : Date.parse(created);
  return Number.isNaN(made) ? undefined : Math.floor((now.getTime() - made) / DAY);
}

function reportOld(user: IamUser, key: AccessKey, age: number, found: KeyFindings): void {
  found.counterexamples.push({
    title: `a key of ${user.name} is ${age} days old`,
    severity: 'medium',
    summary: `${user.arn} has an active access key that was made on ${key.created?.slice(0, 10) ?? ''}; a key is old after ${OLD_AFTER} days.`,
    input: { kind: 'exported-key', user: user.arn, created: key.created ?? '' },
    trace: [{ at: key.at, note: `active since ${key.created?.slice(0, 10) ?? ''}`, role: 'sink' }],
    replay: { engine: 'long-lived-keys', args: { exported: key.source, created: key.created ?? '' } },
    grants: [`everything that ${user.name} may do, to whoever copied the key since`],
    identity: [user.arn, key.source, 'old'],
  });
}

function reportUnissued(user: IamUser, key: AccessKey, found: KeyFindings): void {
  found.counterexamples.push({
    title: `a key of ${user.name} was issued past the code`,
    severity: 'medium',
    summary: `${user.arn} has an active access key, and no resource of the product's code issues one for it.`,
    input: { kind: 'exported-key', user: user.arn, created: key.created ?? '' },
    trace: [{ at: key.at, note: 'active, and in no code', role: 'sink' }],
    replay: { engine: 'long-lived-keys', args: { exported: key.source, created: key.created ?? '' } },
    grants: [`everything that ${user.name} may do`],
    identity: [user.arn, key.source, 'unissued'],
  });
}
