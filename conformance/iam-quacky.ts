// The published verdicts of quacky (ICSE 2021): is there a request that one of two policies allows and the other does not? Takes
// a checkout of github.com/vlab-cs-ucsb/quacky. Policies are read before the clock starts.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { checkCertificate } from '../src/engines/iam/symbolic/check-certificate.ts';
import { allowedBeyond } from '../src/engines/iam/symbolic/compare-policies.ts';
import type { Certificate } from '../src/engines/iam/symbolic/types.ts';
import { readPolicy } from '../src/facts/iam-policy/read-policy.ts';
import type { IamPolicy } from '../src/facts/iam-policy/types.ts';
import { argument, report, statistics } from './lib.ts';

/** Rows of the table that are wrong, by their number of the whole: each is explained where it is printed. */
const KNOWN_DIFFERENCES = 6;
const VERDICTS = 864;

const checkout = argument('a checkout of vlab-cs-ucsb/quacky');
const policies = new Map<string, IamPolicy>();
const times: number[] = [];
const certificates: Certificate[] = [];
const differences: string[] = [];
let unexplained = 0;

const rows = ['ec2', 'iam', 's3'].flatMap((name) => {
  const table = readFileSync(join(checkout, `results/icse21/raw_csv/mutations/README_${name}.csv`), 'utf8');
  return table
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [first = '', second = '', forward = '', , , , , , , backward = ''] = line.split(',');
      return { original: first.trim(), mutant: second.trim(), verdicts: [forward.trim(), backward.trim()] as const };
    });
});
for (const { original, mutant } of rows) for (const path of [original, mutant]) policies.set(path, policyAt(path));

for (const { original, mutant, verdicts } of rows) {
  const [a, b] = [policies.get(original), policies.get(mutant)];
  if (a === undefined || b === undefined) continue;
  check(original, mutant, verdicts[0], a, b);
  check(mutant, original, verdicts[1], b, a);
}

const wrong = certificates.filter((certificate) => checkCertificate(certificate) !== undefined).length;
report({
  title: 'quacky, mutations of ec2, iam and s3 policies',
  facts: [
    `${times.length} verdicts, ${times.length - differences.length} as published, ${differences.length} not`,
    statistics(times),
    `${certificates.length} certificates checked besides: ${wrong} do not hold`,
  ],
  details: differences,
  ok: wrong === 0 && times.length === VERDICTS && differences.length === KNOWN_DIFFERENCES && unexplained === 0,
});

function check(left: string, right: string, published: string, a: IamPolicy, b: IamPolicy): void {
  const started = performance.now();
  const answer = allowedBeyond(a, b, { checked: false });
  times.push(performance.now() - started);
  if (answer.kind === 'none') certificates.push(answer.certificate);
  const ours = answer.kind === 'found' ? 'SAT' : answer.kind === 'none' ? 'UNSAT' : 'undecided';
  if (ours === published) return;
  const why = ours === 'UNSAT' ? explanation(left, right) : undefined;
  if (why === undefined) unexplained++;
  differences.push(`${left} beyond ${right}: published ${published}, ours ${ours}: ${why ?? 'NOT EXPLAINED'}`);
}

/** Why the left policy allows no more than the right one, by comparing the documents alone. */
function explanation(left: string, right: string): string | undefined {
  const [a, b] = [documentAt(left), documentAt(right)];
  if (isDeepStrictEqual(a, b)) return 'but for Version the documents are equal';
  const [mine, theirs] = [statementsOf(a), statementsOf(b)];
  if (mine.length !== theirs.length) return undefined;
  const widened = mine.every((statement, index) => {
    const other = theirs[index];
    if (other === undefined) return false;
    if (isDeepStrictEqual(statement, other)) return true;
    // Fewer things left out, or more things named, and nothing else.
    return statement.Effect === 'Deny' && covers(statement, other);
  });
  return widened ? 'the documents differ only in a Deny, which is wider on the left' : undefined;
}

interface Statement {
  readonly Effect: string;
  readonly [element: string]: unknown;
}

function covers(wide: Statement, narrow: Statement): boolean {
  return [...new Set([...Object.keys(wide), ...Object.keys(narrow)])].every((element) => {
    const [a, b] = [wide[element], narrow[element]];
    if (isDeepStrictEqual(a, b)) return true;
    const [many, few] = element.startsWith('Not') ? [listOf(b), listOf(a)] : [listOf(a), listOf(b)];
    if (element === 'Condition') return a === undefined;
    if (element === 'Action' || element === 'Resource' || element.startsWith('Not'))
      return few.every((value) => many.includes(value) || many.some((pattern) => prefixes(pattern, value)));
    return false;
  });
}

function prefixes(pattern: unknown, value: unknown): boolean {
  return (
    typeof pattern === 'string' &&
    typeof value === 'string' &&
    pattern.endsWith('*') &&
    value.startsWith(pattern.slice(0, -1))
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function statementsOf(document: { readonly Statement?: unknown }): readonly Statement[] {
  return listOf(document.Statement) as Statement[];
}

function documentAt(path: string): { readonly Statement?: unknown } {
  const { Version: _version, ...rest } = JSON.parse(readFileSync(fileOf(path), 'utf8')) as Record<string, unknown>;
  return rest;
}

/**
 * As quacky reads them: `${…}` is text whatever the version (the mutants have none), and an account id is what stands there (one
 * policy has 14 digits: the first 12 are taken).
 */
function policyAt(path: string): IamPolicy {
  const text = readFileSync(fileOf(path), 'utf8').replaceAll('12345667789012', '123456677890');
  const { policy, problems } = readPolicy(path, text);
  for (const { message } of problems) console.error(`${path}: ${message}`);
  return { ...policy, version: '2008-10-17' };
}

/** The table names originals below samples/, where they may have moved. */
function fileOf(path: string): string {
  const file = join(checkout, path);
  if (existsSync(file)) return file;
  throw new Error(`${file} is not there`);
}
