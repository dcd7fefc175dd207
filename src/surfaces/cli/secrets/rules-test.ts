import { runExamples } from '../../../engines/secrets/index.ts';
import { decodeText } from '../../../lib/tree-views.ts';
import { inert } from '../../../lib/inert.ts';
import { openWorktree } from '../../../sources/worktree/worktree.ts';
import { CommandFailure } from '../exit.ts';
import { put } from '../output.ts';

/** `fourproof secrets rules test`: 0 every example holds, 1 one does not, 3 there is no rule file. */
export async function rulesTestCommand(folder: string): Promise<number> {
  const opened = openWorktree(folder);
  if (!opened.ok) throw new CommandFailure(`fourproof: ${opened.why}`, opened.empty ? 3 : 2);
  const { tree, asked } = opened;
  const paths = tree.files
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.toml') && (asked === '.' || path.startsWith(`${asked}/`)));
  let rules = 0;
  let examples = 0;
  let failures = 0;
  for (const path of paths) {
    const read = await tree.read(path);
    const text = read.ok ? decodeText(read.bytes) : '';
    if (!/^\[\[rules\]\]/m.test(text)) continue;
    const outcome = runExamples({ path, text });
    if ('problem' in outcome) throw new CommandFailure(`fourproof: ${path}: ${outcome.problem}`);
    const without = outcome.filter(({ count }) => count === 0).map(({ rule }) => rule);
    for (const { rule, failures: all } of outcome)
      for (const failure of all) put(`${inert(path)}  ${inert(rule)}  ${inert(failure)}`, undefined);
    if (without.length > 0) put(`${inert(path)}  without examples: ${inert(without.join(', '))}`, undefined);
    rules += outcome.length;
    examples += outcome.reduce((sum, { count }) => sum + count, 0);
    failures += outcome.reduce((sum, { failures: all }) => sum + all.length, 0);
  }
  if (rules === 0) throw new CommandFailure(`fourproof: ${folder} holds no rule file`, 3);
  put(`${rules} rules, ${examples} examples, ${failures} failures`, undefined);
  return failures > 0 ? 1 : 0;
}
