// Evaluates the secured example's infrastructure, copied until there are as many files as the argument says, in a process of
// its own; prints one JSON line. Run by terraform.ts.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateTree } from '../src/engines/terraform/evaluate-tree.ts';
import { textTree } from '../src/lib/tree-views.ts';

const [folder = '', wanted = '0'] = process.argv.slice(2);
const tree = copies(folder, Number(wanted));
const { resources, milliseconds: first } = await evaluate();
const onePeak = process.resourceUsage().maxRSS / 1024;
const times: number[] = [];
for (let round = 0; round < 5; round++) times.push((await evaluate()).milliseconds);
const median = times.sort((a, b) => a - b)[2] ?? 0;
const peak = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ resources, first, median, onePeak, peak }));

async function evaluate(): Promise<{ resources: number; milliseconds: number }> {
  const started = performance.now();
  const { roots } = await evaluateTree(tree);
  const count = roots.reduce((sum, root) => sum + root.resources.length, 0);
  return { resources: count, milliseconds: performance.now() - started };
}

function copies(from: string, most: number): ReturnType<typeof textTree> {
  const paths = readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((path) => /\.\w+$/.test(path));
  const texts = new Map<string, string>();
  let count = 0;
  for (let copy = 0; count < most; copy++) {
    for (const path of paths) {
      if (path.endsWith('.tf') && count++ >= most) break;
      texts.set(`copy-${copy}/${path}`, readFileSync(join(from, path), 'utf8'));
    }
  }
  return textTree('copies', texts);
}
