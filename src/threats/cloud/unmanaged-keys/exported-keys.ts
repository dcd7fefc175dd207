import type { CredentialRow } from '../../../facts/iam-export/types.ts';
import type { Counterexample, ReplayOutcome } from '../../../model/index.ts';
import { CREDENTIAL_REPORT } from '../../commands.ts';
import type { Context } from '../../context.ts';
import type { IssuedSecret } from './issued-secrets.ts';
import { OLD_AFTER, type KeyFindings } from './key-findings.ts';

const DAY = 86_400_000;
const ROOT = '<root_account>';

/** An active key that a credential report names. */
interface ReportedKey {
  readonly row: CredentialRow;
  readonly path: string;
  /** 1 or 2. */
  readonly number: number;
  readonly rotated: string | undefined;
}

/** Judges the keys of credential reports: those of root, old ones, and those that no code issues. */
export function judgeExportedKeys(context: Context, issued: readonly IssuedSecret[], found: KeyFindings): void {
  for (const key of reportedKeys(context)) {
    const { row, path, number } = key;
    found.elements.push(`${row.arn}: key ${number} in ${path}`);
    const age = ageOf(key, context.now);
    const fault = faultOf(key, age, issued);
    if (fault !== undefined) found.counterexamples.push(counterexampleOf(key, fault));
    else if (age === undefined)
      found.gaps.push({
        reason: 'unresolved-value',
        message: `${path} does not say when key ${number} of ${row.user} was made`,
        at: row.at,
        closes: CREDENTIAL_REPORT,
        identity: `age of key ${number} of ${row.arn}`,
      });
    else found.witnesses.push({ at: row.at, note: `key ${number} of ${row.user} is ${age} days old` });
  }
}

/** Whether a report says how old the keys of a user are. */
export function isReported({ facts }: Pick<Context, 'facts'>, user: string | undefined): boolean {
  return facts['iam-export'].some(
    (fact) => fact.kind === 'credential-report' && fact.rows.some((row) => row.user === user),
  );
}

/** Reads the report again. */
export function replayExported(context: Context, arn: string, number: string): ReplayOutcome {
  const key = reportedKeys(context).find((one) => one.row.arn === arn && String(one.number) === number);
  const age = key === undefined ? undefined : ageOf(key, context.now);
  return {
    confirmed: key !== undefined,
    steps: [
      `read the credential report of ${arn} again`,
      key === undefined ? 'it names no such active key any more' : `key ${number} is active, ${age ?? '?'} days old`,
    ],
  };
}

function reportedKeys({ facts }: Pick<Context, 'facts'>): ReportedKey[] {
  return facts['iam-export'].flatMap((fact) =>
    fact.kind !== 'credential-report'
      ? []
      : fact.rows.flatMap((row) =>
          row.keys.flatMap(({ active, rotated }, index) =>
            active ? [{ row, path: fact.path, number: index + 1, rotated }] : [],
          ),
        ),
  );
}

function ageOf({ rotated }: ReportedKey, now: Date): number | undefined {
  const made = rotated === undefined ? Number.NaN : Date.parse(rotated);
  return Number.isNaN(made) ? undefined : Math.floor((now.getTime() - made) / DAY);
}

interface Fault {
  readonly id: 'root' | 'old' | 'unissued';
  readonly title: string;
  readonly summary: string;
}

function faultOf(
  { row, number, rotated }: ReportedKey,
  age: number | undefined,
  issued: readonly IssuedSecret[],
): Fault | undefined {
  if (row.user === ROOT)
    return {
      id: 'root',
      title: 'the root user has an access key',
      summary: `${row.arn} has an active access key: it may do everything, and no policy of the account limits it.`,
    };
  if (age !== undefined && age > OLD_AFTER)
    return {
      id: 'old',
      title: `a key of ${row.user} is ${age} days old`,
      summary: `${row.arn} has an active access key that was made on ${rotated?.slice(0, 10) ?? ''}; a key is old after ${OLD_AFTER} days.`,
    };
  const known = issued.filter((secret) => secret.kind === 'access key' && secret.user === row.user).length;
  if (number <= known) return undefined;
  return {
    id: 'unissued',
    title: `a key of ${row.user} was issued past the code`,
    summary: `${row.arn} has an active access key that no resource of the product's code issues.`,
  };
}

function counterexampleOf({ row, number }: ReportedKey, { id, title, summary }: Fault): Counterexample {
  return {
    title,
    severity: id === 'root' ? 'critical' : 'medium',
    summary,
    input: { kind: 'exported-key', user: row.arn, number, fault: id },
    trace: [{ at: row.at, note: title, role: 'sink' }],
    replay: { engine: 'long-lived-keys', args: { exported: row.arn, number: String(number) } },
    grants: [`everything that ${row.user} may do, to whoever has copied the key`],
    identity: [row.arn, `key ${number}`, id],
  };
}
