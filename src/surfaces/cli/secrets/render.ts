import { leakFingerprint, REDACTED, type Leak, type Ruleset } from '../../../engines/secrets/index.ts';
import { clip, inert } from '../../../lib/inert.ts';
import type { HistoryCommit } from '../../../model/index.ts';
import type { SecretFormat } from './options.ts';
import { sarifOf } from './render-sarif.ts';
import { junitOf } from './render-junit.ts';

/** A finding in gitleaks' JSON. */
export interface JsonFinding {
  readonly RuleID: string;
  readonly Description: string;
  readonly StartLine: number;
  readonly EndLine: number;
  readonly StartColumn: number;
  readonly EndColumn: number;
  readonly Match: string;
  readonly Secret: string;
  readonly File: string;
  readonly SymlinkFile: string;
  readonly Commit: string;
  readonly Entropy: number;
  readonly Author: string;
  readonly Email: string;
  readonly Date: string;
  readonly Message: string;
  readonly Tags: readonly string[];
  readonly Fingerprint: string;
}

/** Leaks in a format; redacted ones hold no part of the secret. */
export function renderLeaks(
  leaks: readonly Leak[],
  ruleset: Ruleset,
  { format, redact }: { readonly format: SecretFormat; readonly redact: boolean },
  commits: ReadonlyMap<string, HistoryCommit> = new Map(),
): string {
  const told = redact ? redactedCommits(leaks, commits) : commits;
  const beside = redact ? secretsByFile(leaks) : undefined;
  const findings = leaks.map((leak) => findingOf(leak, redact, told.get(leak.commit ?? ''), beside?.get(fileOf(leak))));
  switch (format) {
    case 'json':
      return JSON.stringify(findings, null, 1);
    case 'csv':
      return csvOf(findings);
    case 'sarif':
      return sarifOf(findings, ruleset.rules);
    case 'junit':
      return junitOf(findings);
    case 'text':
      return textOf(leaks, redact);
  }
}

function findingOf(
  leak: Leak,
  redact: boolean,
  commit: HistoryCommit | undefined,
  beside: readonly string[] = [],
): JsonFinding {
  return {
    RuleID: leak.rule,
    Description: leak.description,
    StartLine: leak.startLine,
    EndLine: leak.endLine,
    StartColumn: leak.startColumn,
    EndColumn: leak.endColumn,
    Match: redact && leak.secret !== '' ? redactedMatch(leak, beside) : leak.match,
    Secret: redact && leak.secret !== '' ? REDACTED : leak.secret,
    File: leak.path,
    SymlinkFile: '',
    Commit: leak.commit ?? '',
    Entropy: shortest(leak.entropy),
    Author: commit?.author ?? '',
    Email: commit?.email ?? '',
    Date: commit?.date ?? '',
    Message: commit?.subject ?? '',
    Tags: leak.tags,
    Fingerprint: leakFingerprint(leak),
  };
}

/** The match may hold other parts of the same credential: what is not the secret is cut to what stands before it. */
function redactedMatch({ match, secret }: Leak, beside: readonly string[]): string {
  const at = match.indexOf(secret);
  return at < 0 ? REDACTED : `${withoutAll(match.slice(0, at), beside)}${REDACTED}`;
}

/** Who wrote a commit, and its subject, are text that may hold the secret, also in a form that was decoded. */
function redactedCommits(
  leaks: readonly Leak[],
  commits: ReadonlyMap<string, HistoryCommit>,
): ReadonlyMap<string, HistoryCommit> {
  const secrets = [...new Set(leaks.map(({ secret }) => secret))];
  const inMessage = new Set(leaks.flatMap(({ path, commit }) => (path === MESSAGE ? (commit ?? []) : [])));
  const told = (text: string): string => withoutAll(text, secrets);
  return new Map(
    [...commits].map(([id, { author, email, subject, ...rest }]) => [
      id,
      {
        ...rest,
        author: told(author),
        email: told(email),
        subject: inMessage.has(id) ? REDACTED : told(subject),
      },
    ]),
  );
}

function secretsByFile(leaks: readonly Leak[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const leak of leaks) {
    const known = found.get(fileOf(leak));
    if (known === undefined) found.set(fileOf(leak), [leak.secret]);
    else known.push(leak.secret);
  }
  return found;
}

function fileOf({ path, commit }: Leak): string {
  return `${commit ?? ''}:${path}`;
}

function withoutAll(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => (secret === '' ? rest : rest.replaceAll(secret, REDACTED)), text);
}

/** The shortest number that is the same in single precision, as Go writes it. */
function shortest(value: number): number {
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/** Path of what stands in the text of a commit itself. */
const MESSAGE = 'commit message';

const COLUMNS = [
  'RuleID',
  'Commit',
  'File',
  'SymlinkFile',
  'Secret',
  'Match',
  'StartLine',
  'EndLine',
  'StartColumn',
  'EndColumn',
  'Author',
  'Message',
  'Date',
  'Email',
  'Fingerprint',
  'Tags',
] as const satisfies readonly (keyof JsonFinding)[];

/** RFC 4180, as gitleaks writes it. */
function csvOf(findings: readonly JsonFinding[]): string {
  if (findings.length === 0) return '';
  const rows = findings.map((finding) =>
    COLUMNS.map((column) => cell(column === 'Tags' ? finding.Tags.join(' ') : String(finding[column]))).join(','),
  );
  return [COLUMNS.join(','), ...rows].join('\n');
}

/** A spreadsheet must not take a scanned text for a formula. */
function cell(text: string): string {
  const harmless = /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function textOf(leaks: readonly Leak[], redact: boolean): string {
  const lines = leaks.map((leak) => {
    const commit = leak.commit === undefined ? '' : `${leak.commit.slice(0, 12)}:`;
    const place = `${commit}${inert(leak.path)}:${leak.startLine}:${leak.startColumn}`;
    const length = Array.from(leak.secret).length;
    const secret =
      leak.secret === '' ? 'by its name' : redact ? `${REDACTED} (${length} characters)` : inert(leak.secret);
    return `${place}  ${inert(leak.rule)}  ${clip(inert(leak.description), 80)}  ${secret}`;
  });
  const files = new Set(leaks.map(({ path }) => path)).size;
  const sum =
    leaks.length === 0
      ? 'no secret was found'
      : `${leaks.length} ${leaks.length === 1 ? 'secret' : 'secrets'} in ${files} ${files === 1 ? 'file' : 'files'}`;
  return [...lines, sum].join('\n');
}
