// Parses and evaluates every Terraform configuration of folders that are given: `npx tsx conformance/terraform-corpora.ts
// <folder...>`. Prints a row for each, then why values are not known, the most frequent reason first. A crash ends it with 1.
import { basename } from 'node:path';
import { evaluateTree } from '../src/engines/terraform/evaluate-tree.ts';
import type { Evaluation } from '../src/engines/terraform/evaluate.ts';
import { unknownsIn } from '../src/engines/terraform/make.ts';
import { moduleSummaries } from '../src/engines/terraform/summaries.ts';
import { readModuleSummaries } from '../src/sources/assets.ts';
import { openWorktree } from '../src/sources/worktree/worktree.ts';

const MOST_UNKNOWNS = 1000;
const summaries = moduleSummaries(readModuleSummaries());

/** What one folder gives. */
interface Row {
  readonly name: string;
  readonly files: number;
  readonly roots: number;
  readonly resources: number;
  /** Resources in which no argument is unknown. */
  readonly known: number;
  readonly problems: number;
  readonly milliseconds: number;
  /** How often a value is not known, by why. */
  readonly reasons: ReadonlyMap<string, number>;
}

const rows: Row[] = [];
for (const folder of process.argv.slice(2)) {
  try {
    rows.push(await evaluated(folder));
  } catch (error) {
    console.error(`CRASH in ${folder}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = 1;
  }
}
print(rows);

async function evaluated(folder: string): Promise<Row> {
  const opened = openWorktree(folder, { git: false });
  if (!opened.ok) throw new Error(opened.why);
  const files = opened.tree.files.filter(({ path }) => /\.(?:tf|tofu)(?:\.json)?$/.test(path)).length;
  const started = performance.now();
  const { roots } = await evaluateTree(opened.tree, { summaries });
  return { name: basename(folder), files, milliseconds: performance.now() - started, ...count(roots) };
}

function count(roots: readonly Evaluation[]): Omit<Row, 'name' | 'files' | 'milliseconds'> {
  const reasons = new Map<string, number>();
  const resources = roots.flatMap((root) => root.resources);
  let known = 0;
  for (const { values } of resources) {
    const unknowns = unknownsIn(values, MOST_UNKNOWNS);
    if (unknowns.length === 0) known++;
    for (const { why } of unknowns) {
      const reason = withoutNames(why);
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  const problems = roots.reduce((sum, root) => sum + root.problems.length, 0);
  return { roots: roots.length, resources: resources.length, known, problems, reasons };
}

/** The kind of a reason: what it speaks of is left out. */
function withoutNames(why: string): string {
  if (why.endsWith('is known after apply')) return 'known after apply';
  if (why.endsWith('is read when terraform plans')) return 'a data source, read when terraform plans';
  if (/^var\.\S+ has no value$/.test(why)) return 'a variable without a value';
  if (why.endsWith('is not in sight')) return 'a module that is not on disk';
  if (/summary/.test(why)) return 'left open by the summary of a module';
  return why
    .replaceAll(/"[^"]*"|'[^']*'|`[^`]*`/g, '…')
    .replaceAll(/\b[\w-]+(?:\.[\w[\]"*-]+)+/g, '…')
    .slice(0, 100);
}

function print(all: readonly Row[]): void {
  console.log('| corpus | files | roots | resources | fully known | problems | time |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const { name, files, roots, resources, known, problems, milliseconds } of all) {
    const share = resources === 0 ? '' : ` (${((100 * known) / resources).toFixed(0)} %)`;
    const time = `${(milliseconds / 1000).toFixed(2)} s`;
    console.log(`| ${name} | ${files} | ${roots} | ${resources} | ${known}${share} | ${problems} | ${time} |`);
  }
  const reasons = new Map<string, number>();
  for (const row of all)
    for (const [reason, times] of row.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + times);
  console.log('\n| why a value is not known | times |\n| --- | ---: |');
  for (const [reason, times] of [...reasons].sort(([, a], [, b]) => b - a).slice(0, 25))
    console.log(`| ${reason} | ${times} |`);
}
