// Parses and evaluates Terraform as it is shipped, in one process for each row: the secured example's infrastructure, copied
// until there are as many files as the row says. Prints the first run, which compiles the code, and the median of five more.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { z } from 'zod';

const INFRASTRUCTURE = join(import.meta.dirname, '../examples/shop/secured/infrastructure');
const row = z.object({
  resources: z.number(),
  first: z.number(),
  median: z.number(),
  onePeak: z.number(),
  peak: z.number(),
});

const scratch = mkdtempSync(join(tmpdir(), 'fourproof-bench-'));
try {
  const probe = join(scratch, 'probe.mjs');
  buildSync({
    entryPoints: [join(import.meta.dirname, 'terraform-probe.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: probe,
    // Packages in CommonJS ask for modules of Node by `require`.
    banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
  });
  console.log('| Terraform files | resources | first run | median of 5 | peak memory, one run | after all six |');
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const files of [168, 1500]) {
    const { stdout, stderr, status } = spawnSync(process.execPath, [probe, INFRASTRUCTURE, String(files)], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    const { resources, first, median, onePeak, peak } = row.parse(JSON.parse(stdout));
    const times = `${first.toFixed(0)} ms | ${median.toFixed(0)} ms`;
    console.log(`| ${files} | ${resources} | ${times} | ${onePeak.toFixed(0)} MB | ${peak.toFixed(0)} MB |`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
