// Builds what is published: dist/cli.js with its chunks, and dist/report.html, the page of the HTML report.
// `--quiet` prints failures only, `--web` builds only the page. npm runs no pre and post scripts here (.npmrc), so every
// step stands in this file.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const PAGE = join(ROOT, 'web/dist/index.html');
/** What the page is made of; its types come from src/model. */
const PAGE_INPUTS = [
  'web/src',
  'web/index.html',
  'web/package.json',
  'web/tsconfig.json',
  'web/vite.config.ts',
  'web/content-security-policy.ts',
  'src/model',
  'package-lock.json',
];

const FAULTS = ['import-is-undefined', 'duplicate-object-key', 'duplicate-case', 'this-is-undefined-in-esm'];

const quiet = process.argv.includes('--quiet');
const started = performance.now();
buildPage();
if (!process.argv.includes('--web')) {
  await bundleProgram();
  copyFileSync(PAGE, join(DIST, 'report.html'));
}
say(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);

/** The page, where it is older than one of its inputs: the second `npm start` is quick. */
function buildPage(): void {
  if (existsSync(PAGE) && newest(PAGE_INPUTS.map((path) => join(ROOT, path))) < statSync(PAGE).mtimeMs) {
    say('web/dist/index.html is fresh');
    return;
  }
  // Its exit code speaks: what vite prints is shown only where it fails.
  execFileSync(npm(), ['run', 'build', '--silent', '--workspace', 'web'], {
    cwd: ROOT,
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
}

async function bundleProgram(): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: { cli: 'src/surfaces/cli/main.ts' },
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    // What is doubtful in a bundle is a fault: an import that leads nowhere, a key that is there twice.
    logLevel: 'warning',
    logOverride: Object.fromEntries(FAULTS.map((kind) => [kind, 'error'] as const)),
    write: false,
    // It has said why.
  }).catch(() => process.exit(1));
  // Chunks carry a hash in their name: those of the last build go, unless they are still the same.
  const wanted = new Set(outputFiles.map(({ path }) => path));
  for (const path of filesBelow(join(DIST, 'chunks'))) if (!wanted.has(path)) rmSync(path);
  mkdirSync(join(DIST, 'chunks'), { recursive: true });
  for (const { path, contents } of outputFiles) replace(path, contents);
  chmodSync(join(DIST, 'cli.js'), 0o755);
  const size = outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
  say(`dist/cli.js and ${outputFiles.length - 1} chunks: ${(size / 1000).toFixed(0)} kB`);
}

/** Writes a file in one step: a fourproof that runs at the same time reads the old one or the new one. */
function replace(path: string, bytes: Uint8Array): void {
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}

/** Time of the youngest file at or below the paths, in milliseconds. */
function newest(paths: readonly string[]): number {
  const files = paths.flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
  return Math.max(...files.map((path) => statSync(path).mtimeMs));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function npm(): string {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm';
}

function say(text: string): void {
  if (!quiet) console.log(text);
}
