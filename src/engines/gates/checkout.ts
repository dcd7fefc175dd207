import type { Step } from '../../facts/workflow/types.ts';
import type { Answer } from './types.ts';

const YES: Answer = { answer: 'yes', why: 'it looks at what the event checks out' };

/**
 * Whether what stands in the workspace at a step is the change. A job without a checkout is not judged: its tool may
 * ask GitHub. What is checked out instead may still fetch the change, so that it is never a plain no.
 */
export function checksOutChange(steps: readonly Step[], step: Step): Answer {
  const before = steps.filter((other) => other.index < step.index);
  const last = before.findLast(
    ({ uses, with: inputs }) =>
      uses?.text.startsWith('actions/checkout@') === true && /^(?:\.?\/?)$/.test(inputs.get('path')?.text ?? ''),
  );
  const moved = before.some(
    ({ run, index }) =>
      index > (last?.index ?? -1) && /\bgit\s+(?:checkout|switch|reset)\s+[^\s-]/.test(run?.text ?? ''),
  );
  if (moved) return undecided('a step before it checks out something else');
  const repository = last?.with.get('repository')?.text;
  if (repository !== undefined && !/github\.repository|head\.repo/.test(repository))
    return undecided(`the checkout takes the repository ${repository.slice(0, 100)}`);
  const ref = last?.with.get('ref')?.text.trim() ?? '';
  if (ref !== '' && !/head|pull|github\.(?:sha|ref)\s*\}|merge_commit_sha/.test(ref))
    return undecided(`the checkout takes \`${ref.slice(0, 100)}\` and not the change`);
  return last?.with.has('sparse-checkout') === true ? undecided('the checkout takes a part of the tree only') : YES;
}

function undecided(why: string): Answer {
  return { answer: 'undecided', why };
}
