import { literalText } from './configuration.ts';
import { joinPath } from './paths.ts';
import type { TerraformSources } from './sources.ts';

/** Folders that people run Terraform in: those that no module call names, and those with a backend of their own. */
export function findRoots(sources: TerraformSources): string[] {
  const called = new Set<string>();
  const own = new Set<string>();
  const candidates = sources.folders.filter((folder) => !`/${folder}/`.includes('/.terraform/'));
  for (const folder of candidates) {
    const configuration = sources.configuration(folder);
    if (configuration === undefined) continue;
    if (configuration.hasBackend || [...configuration.providers.values()].some(isConfigured)) own.add(folder);
    for (const block of configuration.modules.values()) {
      const source = literalText(block.attributes.get('source')?.value);
      const target = source !== undefined && /^\.\.?\//.test(source) ? joinPath(folder, source) : undefined;
      if (target !== undefined && target !== folder) called.add(target);
    }
  }
  return candidates.filter((folder) => !called.has(folder) || own.has(folder));
}

/** A provider block with arguments; an empty one only declares that the caller passes it. */
function isConfigured({
  attributes,
  blocks,
}: {
  readonly attributes: ReadonlyMap<string, unknown>;
  readonly blocks: readonly unknown[];
}): boolean {
  return blocks.length > 0 || [...attributes.keys()].some((name) => name !== 'alias' && name !== 'version');
}
