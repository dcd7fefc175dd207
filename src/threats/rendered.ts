import { textOf, type YamlNode } from '../lib/yaml/index.ts';
import type { SourceLocation } from '../model/index.ts';
import type { Context } from './context.ts';

/** What closes a gap that a chart or a kustomization leaves. */
export const RENDER = 'fourproof verify --render';

/** Why something was not rendered although that was asked for, as the end of a message; empty where it was not asked for. */
export function notRendered({ unrendered }: { readonly unrendered?: string }): string {
  return unrendered === undefined ? '' : `; it was not rendered: ${unrendered}`;
}

/** For the method of a proof over Kubernetes objects: what rendered those that come from charts and kustomizations. */
export function renderedBy({ facts }: Pick<Context, 'facts'>): string {
  const programs = new Set(facts.kubernetes.flatMap(({ rendered }) => rendered ?? []));
  return programs.size === 0
    ? ''
    : `; objects of charts and kustomizations as ${[...programs].sort().join(' and ')} rendered them`;
}

/** The program that rendered a value at a place again; undefined where nothing that was rendered has it there. */
export function renderedAgain(
  { facts }: Pick<Context, 'facts'>,
  at: SourceLocation,
  value: string,
): string | undefined {
  return facts.kubernetes.find(({ rendered, path, root }) => rendered !== undefined && path === at.path && holds(root))
    ?.rendered;

  function holds(node: YamlNode): boolean {
    if (node.kind === 'scalar') return node.at.route === at.route && textOf(node) === value;
    return node.kind === 'list' ? node.items.some(holds) : node.entries.some((entry) => holds(entry.value));
  }
}
