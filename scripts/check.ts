// Everything that must hold before a change is proposed, in one command: one line a step, and at the first failure its
// output. The last line counts the tests.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { countLine, runVitest, type Count } from './lib/run-vitest.ts';
import { ROOT, run, seconds, type Ran } from './lib/run.ts';

/** Where .size-limit.json expects the tarball. */
const PACKED = join(ROOT, 'node_modules/.cache/fourproof');

let count: Count = { passed: 0, failed: 0 };
const STEPS: readonly (readonly [string, () => Ran])[] = [
  ['types', () => run('tsc', ['-p', '.'])],
  ['types of web', () => run('tsc', ['-p', 'web', '--noEmit'])],
  ['lint', () => run('eslint', ['.', '--max-warnings', '0'])],
  ['format', () => run('prettier', ['--check', '.', '--log-level', 'warn'])],
  ['walls', () => run('depcruise', ['src', 'web/src', '--config', '.dependency-cruiser.mjs'])],
  ['dead code', () => run('knip', ['--treat-config-hints-as-errors'])],
  ['generated files', () => run('tsx', ['scripts/generate.ts', '--check'])],
  ['build', () => run('tsx', ['scripts/build.ts', '--quiet'])],
  ['tests', tests],
  ['pack', pack],
  ['size budget', () => run('size-limit', [])],
  ['publint', () => run('publint', ['.', '--strict'])],
];

const started = performance.now();
const passed = STEPS.every(([name, step]) => holds(name, step));
console.log(`${passed ? 'all of it' : 'stopped'} after ${seconds(performance.now() - started)}`);
if (count.passed + count.failed > 0) console.log(countLine(count));
process.exitCode = passed ? 0 : 1;

function holds(name: string, step: () => Ran): boolean {
  const from = performance.now();
  const { status, output } = step();
  console.log(
    `${status === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(16)} ${seconds(performance.now() - from).padStart(7)}`,
  );
  if (status !== 0) console.log(`\n${output.trim()}\n`);
  return status === 0;
}

/** Includes the snapshot of `--help` (test/help.test.ts); the thresholds of coverage stand in vitest.config.ts. */
function tests(): Ran {
  const { count: counted, ...ran } = runVitest(['--coverage']);
  count = counted;
  return ran;
}

/** The tarball as it would be published; nothing that only we need may be in it. */
function pack(): Ran {
  rmSync(PACKED, { recursive: true, force: true });
  mkdirSync(PACKED, { recursive: true });
  const ran = run('npm', ['pack', '--json', '--pack-destination', PACKED]);
  if (ran.status !== 0) return ran;
  const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { files: readonly string[] };
  const [packed] = JSON.parse(ran.stdout) as [{ files: readonly { path: string }[] }];
  const rooms = [...files.filter((path) => !path.startsWith('!')), 'package.json'];
  const stray = packed.files.filter(
    ({ path }) => /\.test\.|\.map$/.test(path) || !rooms.some((room) => path === room || path.startsWith(`${room}/`)),
  );
  if (stray.length === 0) return ran;
  return {
    ...ran,
    status: 1,
    output: `the tarball holds what nobody needs:\n${stray.map(({ path }) => path).join('\n')}`,
  };
}
