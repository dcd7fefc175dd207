import type { HclFile } from '../../lib/hcl/ast.ts';
import { Budget } from './budget.ts';
import { readInputs, type InputOptions } from './inputs.ts';
import { installedModules } from './installed-modules.ts';
import { Module } from './module.ts';
import type { ResourceInstance } from './resources.ts';
import { terraformSources, type TerraformSources } from './sources.ts';
import type { TfValue } from './value.ts';
import { TerraformBudget } from './value.ts';
import { Problems, safely, type TerraformProblem, type World } from './world.ts';

/** How a root module is evaluated. */
export interface TerraformOptions extends InputOptions {
  /** `terraform.workspace`; `default` when absent. */
  readonly workspace?: string;
  /** Bytes of files that are more than their text says; all others are taken from the texts. */
  readonly readFile?: (path: string) => Uint8Array | undefined;
  /** Files in Terraform's language that stand for a known module which is not on disk. */
  readonly summaries?: (source: string, version: string | undefined) => readonly HclFile[] | undefined;
  /** Steps that the evaluation may take; a step is about a tenth of a microsecond. */
  readonly steps?: number;
}

/** An instance of a module in the tree below a root. */
export interface ModuleFact {
  /** `module.a["k"].module.b`; '' for the root. */
  readonly address: string;
  readonly folder: string;
  /** Set when a summary stands for the module. */
  readonly summaryOf?: string;
}

/** What a root module says. */
export interface Evaluation {
  readonly folder: string;
  readonly resources: readonly ResourceInstance[];
  readonly outputs: ReadonlyMap<string, TfValue>;
  readonly modules: readonly ModuleFact[];
  readonly problems: readonly TerraformProblem[];
}

const STEPS = 60_000_000;
const DEEPEST = 400;
const MOST_MODULES = 5000;

/**
 * Evaluates one root module as `terraform plan` would with an empty state, without providers: nothing is executed or fetched.
 * What cannot be known is unknown and says why.
 */
export function evaluateTerraform(
  folder: string,
  files: ReadonlyMap<string, string> | TerraformSources,
  options: TerraformOptions = {},
): Evaluation {
  const sources = 'configuration' in files ? files : terraformSources(files);
  const world = makeWorld(folder, sources, options);
  const configuration = sources.configuration(folder);
  if (configuration === undefined) return { folder, resources: [], outputs: new Map(), modules: [], problems: [] };
  const inputs = readInputs(folder, sources.files, options, world);
  const given = (name: string) => inputs(name, configuration.variables.get(name));
  const root = new Module({ address: '', path: '', depth: 0 }, configuration, world, given);
  const resources: ResourceInstance[] = [];
  const modules: ModuleFact[] = [];
  const outputs = new Map<string, TfValue>();
  walk(root, resources, modules, new Set());
  for (const [name, block] of configuration.outputs) {
    outputs.set(
      name,
      safely(() => root.output(name, block.headAt), block.headAt, world.problems),
    );
  }
  return { folder, resources, outputs, modules, problems: world.problems.list };
}

/** Evaluates everything of a module and of those that it calls. */
function walk(module: Module, resources: ResourceInstance[], modules: ModuleFact[], read: Set<string>): void {
  const { configuration, place, world } = module;
  const { folder } = configuration;
  modules.push({
    address: place.address,
    folder,
    ...(place.summaryOf === undefined ? {} : { summaryOf: place.summaryOf }),
  });
  if (!read.has(folder)) {
    read.add(folder);
    for (const { message, at } of configuration.problems)
      world.problems.add({ severity: 'error', reason: 'unparsed-file', message, at });
  }
  for (const [name, block] of configuration.variables) {
    guarded(module, block.headAt, () => void module.variable(name, block.headAt));
  }
  for (const [name, attribute] of configuration.locals) {
    guarded(module, attribute.nameAt, () => void module.local(name, attribute.nameAt));
  }
  for (const [key, block] of configuration.resources) {
    guarded(module, block.headAt, () => resources.push(...module.group(key, block.headAt).instances));
  }
  for (const [name, block] of configuration.modules) {
    guarded(module, block.headAt, () => {
      for (const { module: child } of module.children(name, block.headAt).instances)
        walk(child, resources, modules, read);
    });
  }
}

/** A part that goes wrong leaves the others. */
function guarded(module: Module, at: Parameters<typeof safely>[1], run: () => void): void {
  safely(
    () => {
      run();
      return { kind: 'null', origin: { at, what: 'done' } };
    },
    at,
    module.world.problems,
  );
}

function makeWorld(folder: string, sources: TerraformSources, options: TerraformOptions): World {
  const encoder = new TextEncoder();
  const installed = installedModules(folder, sources.files);
  let modules = 0;
  return {
    configuration: (path) => sources.configuration(path),
    readFile: (path) => {
      const content = sources.files.get(path);
      return options.readFile?.(path) ?? (content === undefined ? undefined : encoder.encode(content));
    },
    listFiles: (path) =>
      [...sources.files.keys()].filter((each) => path === '' || path === '.' || each.startsWith(`${path}/`)),
    template: (content, path) => sources.template(content, path),
    installed: (key) => installed.get(key),
    summary: (source, version) => options.summaries?.(source, version),
    rootFolder: folder,
    workspace: options.workspace ?? 'default',
    budget: new Budget(options.steps ?? STEPS, DEEPEST),
    problems: new Problems(),
    countModule: () => {
      if (++modules > MOST_MODULES) throw new TerraformBudget(`there are more than ${MOST_MODULES} module instances`);
    },
  };
}
