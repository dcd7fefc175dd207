/**
 * How fast secrets are found: megabytes for each second of processor time, on one thread.
 *
 *     npx tsx bench/secrets.ts <folder> [gitleaks.toml]
 *
 * With a configuration of gitleaks both run with it, and gitleaks is measured beside it when it is on PATH; otherwise our
 * own rules run. Reading the files is not part of our figure; gitleaks' figure is that of its whole process.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gateRuleset, packRuleset, scanFile, skipsPath } from '../src/engines/secrets/index.ts';
import { readSecretRules } from '../src/sources/assets.ts';

const [folder, config] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('usage: secrets.ts <folder> [gitleaks.toml]\n');
  process.exit(2);
}
const compiling = process.cpuUsage();
const ruleset =
  config === undefined
    ? packRuleset(readSecretRules())
    : gateRuleset([], { path: config, text: readFileSync(config, 'utf8') });
const compiled = seconds(process.cpuUsage(compiling));
const files = filesBelow(folder, '').filter((path) => !skipsPath(path, ruleset));
const blobs = files.map((path) => ({ path, bytes: readFileSync(join(folder, path)) }));
const megabytes = blobs.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
process.stdout.write(
  `${blobs.length} files, ${megabytes.toFixed(1)} MB, ${ruleset.rules.length} rules, compiled in ${compiled.toFixed(2)} s\n`,
);
for (const decodeDepth of [0, 5]) {
  const options = { decodeDepth, archiveDepth: 0, textOnly: config === undefined };
  const started = process.cpuUsage();
  const found = blobs.reduce((sum, blob) => sum + scanFile(blob, ruleset, options).leaks.length, 0);
  print(`fourproof, decoding ${decodeDepth} deep`, seconds(process.cpuUsage(started)), `${found} findings`);
}
if (config !== undefined) measureGitleaks(folder, resolve(config));

function measureGitleaks(root: string, configPath: string): void {
  for (const depth of ['0', '5']) {
    const args = ['dir', '.', '--no-banner', '--exit-code', '0', '-l', 'error', '-c', configPath];
    const run = spawnSync('sh', ['-c', 'gitleaks "$@" && times', 'sh', ...args, '--max-decode-depth', depth], {
      cwd: root,
      encoding: 'utf8',
    });
    if (run.status !== 0) {
      process.stdout.write('gitleaks is not on PATH\n');
      return;
    }
    // The last line of `times` is the processor time of the children: 1m2.3s 0m1.5s.
    const spent = [...(run.stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
    const total = spent.reduce((sum, [, minutes = '0', rest = '0']) => sum + Number(minutes) * 60 + Number(rest), 0);
    print(`gitleaks, decoding ${depth} deep`, total, '');
  }
}

function print(name: string, spent: number, what: string): void {
  const rate = spent === 0 ? 0 : megabytes / spent;
  process.stdout.write(`${name}: ${spent.toFixed(2)} CPU-seconds, ${rate.toFixed(1)} MB a CPU-second ${what}\n`);
}

function seconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

function filesBelow(root: string, below: string): string[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, path) : entry.isFile() ? [path] : [];
  });
}
