import { evaluateFacts } from '../../../engines/terraform/evaluate-facts.ts';
import { collectFacts } from '../../../facts/collect.ts';
import type { Replayable, ReplayOutcome } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import { inKubernetes } from './in-kubernetes.ts';
import { inTerraform } from './in-terraform.ts';
import { releasedImages } from './released-images.ts';

/** Evaluates the files of the tree again and looks for the same reference; its digest is then looked for by hand. */
export async function replayInTerraform(
  context: Context,
  { replay }: Pick<Replayable, 'replay'>,
): Promise<ReplayOutcome> {
  const { resolved, path, line } = replay.args;
  const collected = await collectFacts(context.repository);
  const { facts, terraform } = await evaluateFacts(collected, context.repository, context.terraformModules);
  const again = [
    ...inTerraform({ ...context, terraform }),
    ...releasedImages({ ...context, terraform }).references,
    ...(await inKubernetes({ ...context, facts })),
  ];
  const found = again.find((one) => one.text === resolved && one.at.path === path && one.at.startLine === line);
  if (found === undefined || typeof resolved !== 'string')
    return { confirmed: false, steps: ['evaluated again: no such reference any more'] };
  const fixed = /@sha(?:256|512):[0-9a-f]{64,}$/.test(resolved);
  const steps = [
    `evaluated again: ${found.user} runs \`${resolved}\``,
    fixed ? 'it holds a digest' : 'it holds no digest: who may push there decides what it names',
  ];
  return { confirmed: !fixed, steps };
}
