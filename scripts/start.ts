// What `npm start` shows a newcomer: both states of the example product verified, what lies between them, and the
// HTML report of the insecure one.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { materialise, type State } from './materialise-example.ts';

const ROOT = join(import.meta.dirname, '..');
/** Fixed, so that what is shown is the same every day. */
const NOW = '2026-11-21';

execFileSync(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts/build.ts'), '--quiet'], {
  stdio: 'inherit',
  cwd: ROOT,
});
const folder = mkdtempSync(join(tmpdir(), 'fourproof-'));
try {
  const shop = join(folder, 'shop');
  for (const state of ['insecure', 'secured'] as const) {
    materialise([state], join(folder, state, 'shop'));
    heading(`examples/shop, ${state}`, `fourproof verify`);
    fourproof(['verify', join(folder, state, 'shop'), '--now', NOW], expectedExit(state));
  }
  materialise(['insecure', 'secured'], shop);
  heading('from insecure to secured', 'fourproof diff insecure secured');
  fourproof(['diff', 'insecure', 'secured', shop, '--now', NOW], 0);

  const report = join(ROOT, 'fourproof-report.html');
  fourproof(['verify', join(folder, 'insecure', 'shop'), '--now', NOW, '--format', 'html', '--output', report], 1);
  if (!existsSync(report)) throw new Error('the HTML report was not written');
  heading('the same as a page', 'fourproof verify --format html --output fourproof-report.html');
  console.log(`Open ${report}\n\nYour own product: node dist/cli.js verify <folder>`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function expectedExit(state: State): number {
  return state === 'insecure' ? 1 : 0;
}

function heading(title: string, command: string): void {
  console.log(`\n━━ ${title} ${'━'.repeat(Math.max(2, 60 - title.length))}\n$ ${command}\n`);
}

/** The exit code is part of the story: 1 where something is open. */
function fourproof(args: readonly string[], expected: number): void {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'dist/cli.js'), ...args], { stdio: 'inherit' });
  if (status !== expected)
    throw new Error(`fourproof ${args[0] ?? ''} ended with ${status ?? 'a signal'}, and ${expected} was expected`);
}
