import { leakFingerprint, type Leak, type LeakPlace } from './leak.ts';

/** The entries of a `.gitleaksignore`: `file:rule:line` for any commit, `commit:file:rule:line` for one. */
export function readFingerprints(text: string): ReadonlySet<string> {
  const entries = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return new Set(entries.map((entry) => normal(entry.replaceAll('\\', '/'))));
}

/** Whether an entry names the leak. */
export function isListed(entries: ReadonlySet<string>, leak: LeakPlace): boolean {
  const { commit: _, ...anywhere } = leak;
  return entries.has(normal(leakFingerprint(anywhere))) || entries.has(normal(leakFingerprint(leak)));
}

/** Our generic rules are finer than gitleaks' one; an entry for one of them means them all. */
function normal(entry: string): string {
  return entry.replace(/:generic-[\w-]+:(\d+)$/, ':generic:$1');
}

/** A finding of an earlier report in gitleaks' JSON; only what is compared. */
export interface KnownFinding {
  readonly RuleID: string;
  readonly StartLine: number;
  readonly EndLine: number;
  readonly StartColumn: number;
  readonly EndColumn: number;
  readonly File: string;
  readonly Commit: string;
  readonly Match: string;
  readonly Secret: string;
}

/** Reads a baseline: a report of gitleaks, or of ours, as JSON. Undefined when it is none. */
export function readBaseline(text: string): readonly KnownFinding[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (value === null) return [];
  return Array.isArray(value) && value.every(isFinding) ? value : undefined;
}

function isFinding(value: unknown): value is KnownFinding {
  return (
    typeof value === 'object' &&
    value !== null &&
    'RuleID' in value &&
    'File' in value &&
    typeof value.File === 'string'
  );
}

/** Whether the baseline holds the leak. Where its secrets are redacted the places decide. */
export function isInBaseline(baseline: readonly KnownFinding[], leak: Leak): boolean {
  return baseline.some(
    (known) =>
      known.RuleID === leak.rule &&
      known.File === leak.path &&
      known.StartLine === leak.startLine &&
      known.EndLine === leak.endLine &&
      known.StartColumn === leak.startColumn &&
      known.EndColumn === leak.endColumn &&
      (known.Commit || undefined) === leak.commit &&
      (known.Secret === REDACTED || (known.Secret === leak.secret && known.Match === leak.match)),
  );
}

/** What stands for a secret in reports. */
export const REDACTED = 'REDACTED';
