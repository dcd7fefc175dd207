/**
 * Compares `secrets scan` with gitleaks itself, on checkouts of real repositories, with one configuration for both.
 *
 *     npx tsx conformance/secrets-gitleaks.ts <folder of checkouts> <gitleaks.toml> [gitleaks]
 *
 * gitleaks 8.30 must be on PATH or be named; its own default configuration is `config/gitleaks.toml` of its sources.
 * Prints every finding that only one of the two has, with its reason where there is one; ends with 1 when there is another.
 */
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gateRuleset, scanBlob, skipsPath, type Leak, type Ruleset } from '../src/engines/secrets/index.ts';

interface GitleaksFinding {
  readonly RuleID: string;
  readonly File: string;
  readonly StartLine: number;
  readonly EndLine: number;
  readonly StartColumn: number;
  readonly EndColumn: number;
  readonly Match: string;
  readonly Secret: string;
  readonly Entropy: number;
  readonly Tags: readonly string[];
}

const DECODE_DEPTH = 5;
/** gitleaks takes any name that holds one of these for an archive, and does not read it. */
const ARCHIVE = /\.(?:7z|br|bz2|gz|lz4|mz|rar|sz|s2|tar|xz|zip|zz|zst)|\.lz$/i;

const [folder, config, binary = 'gitleaks'] = process.argv.slice(2);
if (folder === undefined || config === undefined) {
  process.stderr.write('usage: secrets-gitleaks.ts <folder of checkouts> <gitleaks.toml> [gitleaks]\n');
  process.exit(2);
}
const ruleset = gateRuleset([], { path: config, text: readFileSync(config, 'utf8') });
for (const { message } of ruleset.problems) process.stdout.write(`problem: ${message}\n`);

let unexplained = ruleset.problems.length;
let total = 0;
for (const name of readdirSync(folder).sort()) {
  const root = join(folder, name);
  if (!lstatSync(root).isDirectory()) continue;
  const theirs = gitleaks(root, resolve(config), binary);
  const { leaks, milliseconds } = ours(root, ruleset);
  const mine = new Map(leaks.map((leak) => [keyOfLeak(leak), leak]));
  const other = new Map(theirs.findings.map((finding) => [keyOfFinding(finding), finding]));
  // The sum of an entropy depends on the order of its parts, which in Go is by chance.
  const otherEntropy = [...mine].filter(
    ([key, { entropy }]) => Math.abs(entropy - (other.get(key)?.Entropy ?? entropy)) > 1e-5,
  );
  const onlyMine = [...mine].filter(([key]) => !other.has(key));
  const onlyTheirs = [...other].filter(([key]) => !mine.has(key));
  const explained = onlyMine.filter(([, leak]) => ARCHIVE.test(leak.path.slice(leak.path.lastIndexOf('/') + 1)));
  unexplained +=
    otherEntropy.length + onlyMine.length - explained.length + onlyTheirs.length + Math.abs(leaks.length - mine.size);
  total += other.size;
  process.stdout.write(
    `${name}: gitleaks ${theirs.findings.length} in ${theirs.milliseconds} ms, fourproof ${leaks.length} in ${milliseconds} ms, ` +
      `only gitleaks ${onlyTheirs.length}, only fourproof ${onlyMine.length}, of these by name of archive ${explained.length}\n`,
  );
  for (const [key] of otherEntropy) process.stdout.write(`  other entropy: ${key.slice(0, 300)}\n`);
  for (const [key] of onlyTheirs) process.stdout.write(`  only gitleaks: ${key.slice(0, 300)}\n`);
  for (const [key, leak] of onlyMine)
    if (!explained.some(([, each]) => each === leak)) process.stdout.write(`  only fourproof: ${key.slice(0, 300)}\n`);
}
process.stdout.write(`${total} findings of gitleaks, ${unexplained} differences without explanation\n`);
process.exit(unexplained === 0 ? 0 : 1);

function gitleaks(
  root: string,
  configPath: string,
  command: string,
): { readonly findings: readonly GitleaksFinding[]; readonly milliseconds: number } {
  const out = mkdtempSync(join(tmpdir(), 'fourproof-conformance-'));
  const report = join(out, 'report.json');
  const started = performance.now();
  const args = [
    'dir',
    '.',
    '--no-banner',
    '--exit-code',
    '0',
    '-l',
    'error',
    '-c',
    configPath,
    '-f',
    'json',
    '-r',
    report,
  ];
  execFileSync(command, [...args, '--max-decode-depth', String(DECODE_DEPTH)], { cwd: root, stdio: 'ignore' });
  const milliseconds = Math.round(performance.now() - started);
  const findings = JSON.parse(readFileSync(report, 'utf8')) as readonly GitleaksFinding[];
  rmSync(out, { recursive: true });
  return { findings, milliseconds };
}

function ours(root: string, rules: Ruleset): { readonly leaks: readonly Leak[]; readonly milliseconds: number } {
  const leaks: Leak[] = [];
  const started = performance.now();
  for (const path of filesBelow(root, '')) {
    if (path === '.gitleaks.toml' || skipsPath(path, rules)) continue;
    const result = scanBlob({ path, bytes: readFileSync(join(root, path)) }, rules, { decodeDepth: DECODE_DEPTH });
    leaks.push(...result.leaks);
    for (const { message } of result.problems) process.stdout.write(`  problem: ${message}\n`);
  }
  return { leaks: ignoring(root, leaks), milliseconds: Math.round(performance.now() - started) };
}

function ignoring(root: string, leaks: readonly Leak[]): readonly Leak[] {
  if (!readdirSync(root).includes('.gitleaksignore')) return leaks;
  const entries = new Set(
    readFileSync(join(root, '.gitleaksignore'), 'utf8')
      .split('\n')
      .map((line) => line.trim()),
  );
  return leaks.filter(({ path, rule, startLine }) => !entries.has(`${path}:${rule}:${startLine}`));
}

function filesBelow(root: string, below: string): string[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, path) : entry.isFile() ? [path] : [];
  });
}

function keyOfLeak(leak: Leak): string {
  const { rule, path, startLine, endLine, startColumn, endColumn, match, secret, tags } = leak;
  return JSON.stringify([rule, path, startLine, endLine, startColumn, endColumn, match, secret, tags]);
}

function keyOfFinding(finding: GitleaksFinding): string {
  const { RuleID, File, StartLine, EndLine, StartColumn, EndColumn, Match, Secret, Tags } = finding;
  return JSON.stringify([RuleID, File, StartLine, EndLine, StartColumn, EndColumn, Match, Secret, Tags]);
}
