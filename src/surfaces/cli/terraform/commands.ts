import { evaluateTree, type TreeEvaluation } from '../../../engines/terraform/evaluate-tree.ts';
import { findValue } from '../../../engines/terraform/find-value.ts';
import { resourceToJson, valueToJson, wayOf, type WhyStep } from '../../../engines/terraform/print.ts';
import { folderOf } from '../../../engines/terraform/paths.ts';
import { moduleSummaries } from '../../../engines/terraform/summaries.ts';
import { decodeText } from '../../../lib/tree-views.ts';
import type { FileTree, SourceLocation } from '../../../model/index.ts';
import { inert as visible } from '../../../lib/inert.ts';
import { readModuleSummaries } from '../../../sources/assets.ts';
import { openWorktree } from '../../../sources/worktree/worktree.ts';
import { CommandFailure } from '../exit.ts';
import { put } from '../output.ts';

export interface TerraformOptions {
  /** Files of variables, below the root module or the current folder. */
  readonly varFile?: readonly string[];
  /** `name=value` */
  readonly var?: readonly string[];
  readonly format: 'text' | 'json';
}

/** `fourproof terraform show <dir>`: every resource as it would be planned. */
export async function showCommand(folder: string, options: TerraformOptions): Promise<number> {
  const { evaluation } = await evaluateFolder(folder, options);
  const resources = evaluation.roots.flatMap((root) => root.resources);
  const problems = evaluation.roots.flatMap((root) => root.problems);
  if (options.format === 'json') {
    const outputs = Object.fromEntries(
      evaluation.roots.flatMap((root) => [...root.outputs].map(([name, value]) => [name, valueToJson(value, name)])),
    );
    put(
      JSON.stringify(
        { schema: 'fourproof/terraform/v1', resources: resources.map(resourceToJson), outputs, problems },
        null,
        2,
      ),
      undefined,
    );
    return 0;
  }
  for (const resource of resources) {
    put(`${resource.mode === 'data' ? 'data ' : ''}${visible(resource.address)}  ${place(resource.headAt)}`, undefined);
    for (const [name, value] of resource.values.entries)
      put(`  ${name} = ${visible(JSON.stringify(valueToJson(value, name)))}`, undefined);
  }
  for (const problem of problems)
    process.stderr.write(
      `${problem.at === undefined ? '' : `${place(problem.at)}: `}${problem.severity}: ${visible(problem.message)}\n`,
    );
  return 0;
}

/** `fourproof terraform why <address>.<attribute> [dir]`: the places that a value came from, nearest first. */
export async function whyCommand(address: string, folder: string, options: TerraformOptions): Promise<number> {
  const { evaluation, tree } = await evaluateFolder(folder, options);
  const found = findValue(evaluation.roots, address);
  if (!found.ok) throw new CommandFailure(`fourproof: ${visible(found.why)}`);
  const steps = wayOf(found.value.origin);
  const value = valueToJson(found.value, found.attribute.split('.').at(-1) ?? '');
  if (options.format === 'json') {
    put(JSON.stringify({ address, value, steps }, null, 2), undefined);
    return 0;
  }
  put(`${visible(address)} = ${visible(JSON.stringify(value))}`, undefined);
  for (const step of steps) put(await lineOf(step, tree), undefined);
  return 0;
}

async function lineOf({ depth, what, at }: WhyStep, tree: FileTree): Promise<string> {
  const content = await tree.read(at.path);
  const text = content.ok ? (decodeText(content.bytes).split('\n')[at.startLine - 1] ?? '').trim() : '';
  return `${'  '.repeat(depth + 1)}${visible(what)}  ${place(at)}${text === '' ? '' : `  ${visible(text.slice(0, 120))}`}`;
}

function place({ path, startLine, startColumn }: SourceLocation): string {
  return `${visible(path)}:${startLine}:${startColumn}`;
}

async function evaluateFolder(
  folder: string,
  options: TerraformOptions,
): Promise<{ readonly evaluation: TreeEvaluation; readonly tree: FileTree }> {
  const opened = openWorktree(folder);
  if (!opened.ok) throw new CommandFailure(`fourproof: ${opened.why}`, opened.empty ? 3 : 2);
  const { tree, asked } = opened;
  const root = asked === '.' ? '' : asked;
  const variables = new Map(
    (options.var ?? []).map((text) => [
      text.slice(0, Math.max(0, text.indexOf('='))),
      text.slice(text.indexOf('=') + 1),
    ]),
  );
  const environment = new Map(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith('TF_VAR_') && value !== undefined ? [[name.slice('TF_VAR_'.length), value] as const] : [],
    ),
  );
  const holdsConfiguration = tree.files.some(
    ({ path }) => folderOf(path) === root && /\.(?:tf|tofu)(?:\.json)?$/.test(path),
  );
  const evaluation = await evaluateTree(tree, {
    summaries: moduleSummaries(readModuleSummaries()),
    ...(holdsConfiguration ? { root } : {}),
    vars: variables,
    environment,
    varFiles: (options.varFile ?? []).map((file) => (root === '' ? file : `${root}/${file}`)),
  });
  if (evaluation.roots.length === 0)
    throw new CommandFailure(`fourproof: ${folder} holds no Terraform configuration`, 3);
  return { evaluation, tree };
}
