// Parses and evaluates Terraform in this process: the secured example's infrastructure, copied until there are as many
// files as the row says. Prints the first run, which compiles the code, and the median of five more.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateTree } from '../src/engines/terraform/evaluate-tree.ts';
import { textTree } from '../src/lib/tree-views.ts';

const INFRASTRUCTURE = join(import.meta.dirname, '../examples/shop/secured/infrastructure');

console.log('| Terraform files | resources | first run | median of 5 | peak memory |');
console.log('| ---: | ---: | ---: | ---: | ---: |');
for (const files of [168, 1500]) {
  const tree = copies(files);
  const { resources, milliseconds: first } = await evaluate(tree);
  const times: number[] = [];
  for (let round = 0; round < 5; round++) times.push((await evaluate(tree)).milliseconds);
  const median = times.sort((a, b) => a - b)[2] ?? 0;
  const memory = process.resourceUsage().maxRSS / 1024;
  console.log(
    `| ${files} | ${resources} | ${first.toFixed(0)} ms | ${median.toFixed(0)} ms | ${memory.toFixed(0)} MB |`,
  );
}

async function evaluate(tree: ReturnType<typeof textTree>): Promise<{ resources: number; milliseconds: number }> {
  const started = performance.now();
  const { roots } = await evaluateTree(tree);
  const resources = roots.reduce((sum, root) => sum + root.resources.length, 0);
  return { resources, milliseconds: performance.now() - started };
}

function copies(wanted: number): ReturnType<typeof textTree> {
  const paths = readdirSync(INFRASTRUCTURE, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.\w+$/.test(path),
  );
  const texts = new Map<string, string>();
  let count = 0;
  for (let copy = 0; count < wanted; copy++) {
    for (const path of paths) {
      if (path.endsWith('.tf') && count++ >= wanted) break;
      texts.set(`copy-${copy}/${path}`, readFileSync(join(INFRASTRUCTURE, path), 'utf8'));
    }
  }
  return textTree('copies', texts);
}
