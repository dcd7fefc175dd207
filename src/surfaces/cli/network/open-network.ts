import { addressOrBlock, networkOf, type End, type Network } from '../../../engines/network/index.ts';
import { evaluateFacts } from '../../../engines/terraform/evaluate-facts.ts';
import { collectFacts } from '../../../facts/collect.ts';
import { readModuleSummaries } from '../../../sources/assets.ts';
import { openWorktree } from '../../../sources/worktree/worktree.ts';
import { CommandFailure } from '../exit.ts';
import type { NetworkCommandOptions } from './commands.ts';

/** The network of a folder: its manifests, and the objects that its Terraform puts into a cluster. */
export async function openNetwork({ dir, podNetwork }: NetworkCommandOptions): Promise<Network> {
  const opened = openWorktree(dir);
  if (!opened.ok) throw new CommandFailure(`fourproof: ${opened.why}`, opened.empty ? 3 : 2);
  for (const network of podNetwork ?? [])
    if (addressOrBlock(network) === undefined)
      throw new CommandFailure(`fourproof: ${network} is no block of addresses`);
  const { tree, asked } = opened;
  const isAsked = (path: string): boolean => asked === '.' || path.startsWith(`${asked}/`);
  const { facts } = await evaluateFacts(await collectFacts(tree, isAsked), tree, readModuleSummaries());
  const objects = facts.kubernetes.filter(({ path }) => isAsked(path));
  const network = networkOf(objects, podNetwork === undefined ? {} : { podNetworks: podNetwork });
  if (network.pods.length === 0) throw new CommandFailure(`fourproof: ${dir} holds no workload of Kubernetes`, 3);
  const unread = facts.unread.filter(({ kind, path }) => isAsked(path) && (kind === 'kubernetes' || kind === 'chart'));
  return {
    ...network,
    problems: [...network.problems, ...unread.map((gap) => ({ ...gap, kind: 'undecided' as const }))],
  };
}

/** The end that a text names: an address, or a pod by as much of its id as is needed. */
export function endOf({ pods }: Network, text: string): End {
  const range = /^[\d.]+$|:.*:/.test(text) ? addressOrBlock(text) : undefined;
  if (range !== undefined) return { address: range.first };
  const found = pods.filter(
    ({ id, namespace, name }) => id === text || `${namespace}/${name}` === text || name === text,
  );
  const [pod, other] = found;
  if (pod === undefined) {
    const some = pods.slice(0, 5).map(({ id }) => id);
    throw new CommandFailure(
      `fourproof: no workload is called ${text}; there are ${some.join(', ')}${pods.length > 5 ? ' ...' : ''}`,
    );
  }
  if (other !== undefined)
    throw new CommandFailure(
      `fourproof: ${text} may be ${found
        .slice(0, 5)
        .map(({ id }) => id)
        .join(' or ')}`,
    );
  return { pod };
}
