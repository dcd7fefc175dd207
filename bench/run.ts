// Measures whole runs of the built fourproof and prints a table; README.md beside it says how to read it.
// `--keep` leaves the trees in their folder, `--files N` changes the size of the generated one.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { materialise } from '../scripts/materialise-example.ts';
import { run } from '../scripts/lib/run.ts';
import { generateTree } from './generate-tree.ts';
import { medianOf, type Sample } from './measure.ts';

const RUNS = 5;
const MB = 1_000_000;

interface Target {
  readonly wallMs: number;
  readonly peakBytes?: number;
}

const shopTarget: Target = { wallMs: 1000, peakBytes: 150 * MB };
const treeTarget: Target = { wallMs: 5000 };

const keep = process.argv.includes('--keep');
const asked = process.argv.indexOf('--files');
const count = asked < 0 ? 20_000 : Number(process.argv[asked + 1]);
const built = run('tsx', ['scripts/build.ts', '--quiet']);
if (built.status !== 0) throw new Error(built.output);

const folder = mkdtempSync(join(tmpdir(), 'fourproof-bench-'));
try {
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch);
  console.log(
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}; median of ${RUNS} runs\n`,
  );
  console.log('| tree | files | wall | CPU | peak memory | files/s | target |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | --- |');
  const stages: string[] = [];
  const show = (name: string, path: string, target: Target): void => {
    const sample = medianOf(RUNS, path, scratch);
    console.log(row(name, sample, target));
    stages.push(`${name}: ${stagesOf(sample)}`);
  };
  for (const state of ['insecure', 'secured'] as const) {
    materialise([state], join(folder, state));
    show(`shop, ${state}`, join(folder, state), shopTarget);
  }
  const tree = join(folder, 'tree');
  const bytes = generateTree(tree, count);
  show(`generated, ${(bytes / MB).toFixed(0)} MB`, tree, treeTarget);
  console.log(
    `\nStages in ms (the rest of the wall time is starting Node, listing files and writing)\n${stages.join('\n')}`,
  );
} finally {
  if (keep) console.log(`\nkept: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}

function row(name: string, sample: Sample, target: Target): string {
  const { wallMs, cpuMs, peakBytes, files } = sample;
  const kept = wallMs < target.wallMs && (target.peakBytes === undefined || peakBytes < target.peakBytes);
  const memory = target.peakBytes === undefined ? '' : `, ${target.peakBytes / MB} MB`;
  const cells = [
    name,
    files,
    `${wallMs.toFixed(0)} ms`,
    `${cpuMs.toFixed(0)} ms`,
    `${(peakBytes / MB).toFixed(0)} MB`,
    (files / (wallMs / 1000)).toFixed(0),
    `${kept ? 'kept' : 'MISSED'}: ${target.wallMs / 1000} s${memory}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function stagesOf({ timings }: Sample): string {
  return Object.entries(timings)
    .map(([stage, milliseconds]) => `${stage} ${milliseconds.toFixed(0)}`)
    .join(', ');
}
