import type { HclAttribute, HclFile } from '../../lib/hcl/ast.ts';
import { parseTfvarsJson } from '../../lib/hcl/parse-hcl-json.ts';
import { readHcl } from '../../lib/hcl/parse-hcl.ts';
import type { Block } from './configuration.ts';
import type { Environment } from './environment.ts';
import { text, withOrigin } from './make.ts';
import { step } from './origins.ts';
import type { TfValue } from './value.ts';
import { TerraformError } from './value.ts';
import { evaluateSafely, type World } from './world.ts';

/** Values for the variables of a root module beside the files that Terraform reads by itself. */
export interface InputOptions {
  /** Paths below the root, as `-var-file` is given; later ones win. */
  readonly varFiles?: readonly string[];
  /** `-var name=value`, as texts. */
  readonly vars?: ReadonlyMap<string, string>;
  /** `TF_VAR_name`, as texts, names without the prefix. */
  readonly environment?: ReadonlyMap<string, string>;
}

/** Gives the value of a root variable; undefined where there is none but perhaps a default. */
export type Inputs = (name: string, block: Block | undefined) => TfValue | undefined;

/** https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence: the last one wins. */
export function readInputs(
  folder: string,
  files: ReadonlyMap<string, string>,
  options: InputOptions,
  world: World,
): Inputs {
  const attributes = new Map<string, HclAttribute>();
  for (const path of [...automatic(folder, files), ...(options.varFiles ?? [])]) {
    const content = files.get(path);
    const file = content === undefined ? undefined : parse(path, content);
    if (file === undefined) {
      world.problems.add({ severity: 'error', reason: 'not-in-sight', message: `there is no file ${path}` });
      continue;
    }
    for (const { at, message } of file.errors)
      world.problems.add({ severity: 'error', reason: 'unparsed-file', message, at });
    for (const attribute of file.body.attributes) attributes.set(attribute.name, attribute);
  }
  return (name, block) => {
    const attribute = attributes.get(name);
    const argument = options.vars?.get(name);
    if (argument !== undefined) return fromText(argument, `-var ${name}`, block, world);
    if (attribute !== undefined) {
      const value = evaluateSafely(attribute.value, literalsOnly(world), world.problems);
      return withOrigin(value, step(`var.${name} (${attribute.value.at.path})`, attribute.value.at, value.origin));
    }
    const variable = options.environment?.get(name);
    return variable === undefined ? undefined : fromText(variable, `TF_VAR_${name}`, block, world);
  };
}

/** `terraform.tfvars`, `terraform.tfvars.json`, then `*.auto.tfvars` and `*.auto.tfvars.json` by name. */
function automatic(folder: string, files: ReadonlyMap<string, string>): string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const names = [...files.keys()].filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'));
  const fixed = [`${prefix}terraform.tfvars`, `${prefix}terraform.tfvars.json`].filter((path) => files.has(path));
  return [...fixed, ...names.filter((path) => /\.auto\.tfvars(?:\.json)?$/.test(path)).sort()];
}

function parse(path: string, content: string): HclFile {
  return path.endsWith('.json') ? parseTfvarsJson(path, content) : readHcl(path, content);
}

/** Values of variable files name nothing. */
function literalsOnly(world: World): Environment {
  return {
    names: undefined,
    scope: {
      budget: world.budget,
      reference: (root, _, at) => {
        throw new TerraformError(`a variable file cannot name ${root}`, at);
      },
      tools: {
        readFile: () => undefined,
        listFiles: () => [],
        moduleFolder: '',
        rootFolder: '',
        renderTemplate: () => {
          throw new TerraformError('a variable file cannot render templates');
        },
        spend: (steps) => world.budget.spend(steps),
      },
    },
  };
}

/** A variable of a primitive type, or of none, takes the text; the others take an expression. */
function fromText(value: string, where: string, block: Block | undefined, world: World): TfValue {
  const type = block?.attributes.get('type')?.value;
  const primitive =
    type === undefined || (type.kind === 'variable' && ['string', 'number', 'bool'].includes(type.name));
  const origin = step(where, { path: where, startLine: 1, startColumn: 1, endLine: 1, endColumn: value.length + 1 });
  if (primitive) return text(value, origin);
  const [attribute] = readHcl(where, `value = ${value}\n`).body.attributes;
  return attribute === undefined
    ? text(value, origin)
    : evaluateSafely(attribute.value, literalsOnly(world), world.problems);
}
