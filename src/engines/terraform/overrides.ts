import type { Block } from './configuration.ts';

/** Whether a file is merged into the others: `override.tf`, `*_override.tf` and their JSON forms. */
export function isOverride(path: string): boolean {
  return /(?:^|[/_])override\.(?:tf|tofu)(?:\.json)?$/.test(path);
}

/** https://developer.hashicorp.com/terraform/language/files/override: attributes replace attributes, blocks of a type replace all of that type. */
export function mergeOverride(base: Block, override: Block): Block {
  const replaced = new Set(
    override.blocks.map(({ type, labels }) => (type === 'dynamic' ? (labels[0] ?? type) : type)),
  );
  // `lifecycle` is merged attribute by attribute; nothing that is judged here depends on it.
  const kept = base.blocks.filter(({ type, labels }) => !replaced.has(type === 'dynamic' ? (labels[0] ?? type) : type));
  return {
    ...base,
    attributes: new Map([...base.attributes, ...override.attributes]),
    blocks: [...kept, ...override.blocks],
  };
}
