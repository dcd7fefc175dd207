// Runs every generator, in the order in which they read each other's output. `--check` writes nothing and fails when
// something is stale.
import { run } from './lib/run.ts';

const GENERATORS = [
  'generate-iam-data.ts',
  'generate-registries.ts',
  'generate-schemas.ts',
  'generate-docs.ts',
  'terminal-picture.ts',
];

for (const name of GENERATORS) {
  const { status, output } = run('tsx', [`scripts/${name}`, ...process.argv.slice(2)]);
  if (output.trim() !== '') console.log(output.trim());
  if (status !== 0) process.exitCode = 1;
}
