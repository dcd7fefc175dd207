import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { ROOT } from '../scripts/lib/run.ts';

/** One whole run of `fourproof verify`, from the start of the process to its end. */
export interface Sample {
  /** Wall time seen from outside, in milliseconds. */
  readonly wallMs: number;
  /** User and system time of the process and its threads, in milliseconds; git, which it calls, is not in it. */
  readonly cpuMs: number;
  /** The most memory that the process held, in bytes. */
  readonly peakBytes: number;
  /** Files that were looked at. */
  readonly files: number;
  /** Milliseconds by stage, as the result tells them. */
  readonly timings: Readonly<Record<string, number>>;
}

const usage = z.object({ cpuMs: z.number(), peakBytes: z.number() });
const result = z.object({ inventory: z.object({ files: z.number() }), timings: z.record(z.string(), z.number()) });

/** Verifies a folder once, in a process of its own; `scratch` is a folder for what it writes. */
export function measure(folder: string, scratch: string): Sample {
  const probe = join(scratch, 'probe.json');
  const output = join(scratch, 'result.json');
  const preload = pathToFileURL(join(ROOT, 'bench/probe.mjs')).href;
  const verify = ['verify', folder, '--now', '2026-01-01', '--format', 'json', '--output', output];
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--import', preload, join(ROOT, 'dist/cli.js'), ...verify], {
    env: { ...process.env, FOURPROOF_PROBE: probe },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const wallMs = performance.now() - started;
  if (status !== 0 && status !== 1) throw new Error(`fourproof verify ${folder} ended with ${status}: ${stderr}`);
  const { inventory, timings } = result.parse(JSON.parse(readFileSync(output, 'utf8')));
  return { wallMs, ...usage.parse(JSON.parse(readFileSync(probe, 'utf8'))), files: inventory.files, timings };
}

/** The run with the median wall time of `runs` runs, after one that warms the caches of the disk. */
export function medianOf(runs: number, folder: string, scratch: string): Sample {
  const warm = measure(folder, scratch);
  const samples = Array.from({ length: runs }, () => measure(folder, scratch));
  return samples.sort((a, b) => a.wallMs - b.wallMs)[Math.floor(runs / 2)] ?? warm;
}
