import { literalText, readConfiguration, type Block, type Configuration } from './configuration.ts';
import type { Module } from './module.ts';
import { joinPath } from './paths.ts';

const DEEPEST = 40;
const META = new Set(['source', 'version', 'providers', 'count', 'for_each', 'depends_on']);

/** The configuration that a `module` block calls, or why it is not in sight: https://developer.hashicorp.com/terraform/language/modules/sources. */
export function childConfiguration(
  block: Block,
  name: string,
  path: string,
  caller: Module,
): { readonly configuration: Configuration; readonly summaryOf?: string } | { readonly missing: string } {
  const { world } = caller;
  const at = block.headAt;
  const source = literalText(block.attributes.get('source')?.value);
  const refuse = (missing: string, closes?: string) => {
    world.problems.add({
      severity: 'gap',
      reason: 'not-in-sight',
      message: missing,
      at,
      ...(closes === undefined ? {} : { closes }),
    });
    return { missing };
  };
  if (source === undefined) return refuse(`module.${name} has no source that is written out`);

  const local = source.startsWith('./') || source.startsWith('../');
  const folder = local ? joinPath(caller.configuration.folder, source) : world.installed(path);
  if (local && folder === undefined) return refuse(`module.${name} lies above the folder that is verified: ${source}`);
  const configuration = folder === undefined ? undefined : world.configuration(folder);
  if (configuration !== undefined && folder !== undefined) {
    if (caller.place.depth >= DEEPEST || isAncestor(caller, folder)) {
      return refuse(`module.${name} calls itself: ${source}`);
    }
    return { configuration };
  }
  if (local) return refuse(`module.${name}: there are no Terraform files in ${source}`);

  const written = block.attributes.get('version')?.value;
  const version = literalText(written);
  const summary = written !== undefined && version === undefined ? undefined : world.summary(source, version);
  if (summary !== undefined && caller.place.depth < DEEPEST) {
    const summarised = readConfiguration(`summary of ${source}`, summary);
    for (const argument of block.attributes.values()) {
      if (META.has(argument.name) || summarised.variables.has(argument.name)) continue;
      world.problems.add({
        severity: 'gap',
        reason: 'not-in-sight',
        message: `module.${name}: the summary of ${source} does not say what ${argument.name} does`,
        at: argument.nameAt,
        closes: 'terraform init',
      });
    }
    return { configuration: summarised, summaryOf: source };
  }
  return refuse(
    `module.${name} (${source}${version === undefined ? '' : ` ${version}`}) is not in sight`,
    'terraform init',
  );
}

function isAncestor(module: Module, folder: string): boolean {
  for (let at: Module | undefined = module; at !== undefined; at = at.place.call?.caller) {
    if (at.configuration.folder === folder) return true;
  }
  return false;
}
