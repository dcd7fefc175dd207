import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TerraformBudget, TerraformError, type Origin } from '../value.ts';
import { FUNCTIONS } from './index.ts';
import { CASES, FILES } from '../../../../test/terraform/recorded-cases.ts';
import { fromTyped, toHcl, toTyped, type Typed } from '../../../../test/terraform/typed-json.ts';

interface Recorded {
  readonly call: string;
  readonly args: readonly Typed[];
  /** Undefined where Terraform refuses the call. */
  readonly answer?: Typed;
}

const RECORD = new URL('recorded.json', import.meta.url);
const ORIGIN: Origin = {
  at: { path: 'main.tf', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
  what: 'call',
};

const HEAD = `terraform {
  required_providers {
    terraform = {
      source = "terraform.io/builtin/terraform"
    }
  }
}
resource "terraform_data" "u" {}
`;

const calls = Object.entries(CASES).flatMap(([call, cases]) => cases.map((args) => ({ call, args })));
if (process.env['RECORD'] === '1') {
  const answers = askTerraform(calls, FILES);
  const recorded = calls.map((one, index) => ({
    ...one,
    ...(answers[index] === undefined ? {} : { answer: answers[index] }),
  }));
  writeFileSync(RECORD, `[\n${recorded.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
}
const recorded = JSON.parse(readFileSync(RECORD, 'utf8')) as Recorded[];

/** Where we differ on purpose, or answer less. */
const UNKNOWN_HERE = new Set(['cidrhost("::ffff:0:0/96",1)', 'regex(".","\u{1F600}")']);

describe('functions against the recorded answers of Terraform 1.11', () => {
  it('holds the cases of this file', () => {
    expect(recorded.map(({ call, args }) => ({ call, args }))).toEqual(JSON.parse(JSON.stringify(calls)));
  });

  it.each(recorded.map((one) => [`${one.call}(${JSON.stringify(one.args).slice(1, -1)})`, one] as const))(
    '%s',
    (name, one) => {
      const ours = run(one);
      if (UNKNOWN_HERE.has(name)) expect(ours).toEqual({ $unknown: true });
      // A plan doesn't say which lists are sets where a part is unknown.
      else if (JSON.stringify(one.answer ?? null).includes('$unknown')) expect(withoutSets(ours)).toEqual(one.answer);
      else expect(ours).toEqual(one.answer);
    },
  );
});

function run({ call, args }: Recorded): Typed | undefined {
  const implementation = FUNCTIONS.get(call);
  if (implementation === undefined) throw new Error(`no function ${call}`);
  try {
    const result = implementation(
      args.map((arg) => fromTyped(arg, ORIGIN)),
      {
        origin: ORIGIN,
        readFile: (path) => FILES.get(path),
        listFiles: (folder) => [...FILES.keys()].filter((path) => folder === '.' || path.startsWith(`${folder}/`)),
        moduleFolder: '.',
        rootFolder: '.',
        renderTemplate: (text) => ({ kind: 'string', origin: ORIGIN, value: text }),
        spend: () => undefined,
      },
    );
    return toTyped(result);
  } catch (error) {
    if (error instanceof TerraformError) return undefined;
    if (error instanceof TerraformBudget) return { $unknown: true };
    throw error;
  }
}

function withoutSets(typed: Typed | undefined): unknown {
  return JSON.parse(JSON.stringify(typed ?? null), (_, value: { $set?: unknown } | null) => value?.$set ?? value);
}

/** The answers of the terraform binary on PATH to calls; undefined where it refuses one. Needs no provider and no network. */
function askTerraform(
  calls: readonly Pick<Recorded, 'call' | 'args'>[],
  files: ReadonlyMap<string, Uint8Array>,
): (Typed | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), 'functions-'));
  try {
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const expressions = calls.map(({ call, args }) => `${call}(${args.map(toHcl).join(', ')})`);
    writeFileSync(join(folder, 'main.tf'), HEAD);
    terraform(folder, 'init');
    const valid = plan(
      folder,
      expressions.map((expression) => `can(${expression})`),
    ).map((answer) => answer !== false);
    const answers = plan(
      folder,
      expressions.filter((_, index) => valid[index] === true),
    );
    return valid.map((isValid) => (isValid ? answers.shift() : undefined));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Plans one output an expression, and reads what each would be. */
function plan(folder: string, expressions: readonly string[]): Typed[] {
  const outputs = expressions.map(
    (expression, index) => `output "o${index}" {\n  sensitive = true\n  value = [${expression}]\n}\n`,
  );
  writeFileSync(join(folder, 'main.tf'), HEAD + outputs.join(''));
  terraform(folder, 'plan', '-out=plan', '-input=false');
  const shown = withExactNumbers(terraform(folder, 'show', '-json', 'plan'));
  const plan = JSON.parse(shown) as {
    planned_values: { outputs: Record<string, { type?: Typed }> };
    output_changes: Record<string, { after?: Typed; after_unknown: Typed }>;
  };
  return expressions.map((_, index) => {
    const change = plan.output_changes[`o${index}`];
    const type = plan.planned_values.outputs[`o${index}`]?.type;
    const answer = typed(change?.after ?? null, change?.after_unknown ?? false, type);
    if (Array.isArray(answer)) return (answer as Typed[])[0] ?? null;
    return answer;
  });
}

/** Numbers that a double can't hold become `{"$number": "…"}`; strings pass untouched. */
function withExactNumbers(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `{"$number":"${token}"}`,
  );
}

/** Adds what JSON does not say: unknown parts, and which lists are sets. */
function typed(value: Typed, unknown: Typed, type: Typed | undefined): Typed {
  if (unknown === true) return { $unknown: true };
  if (Array.isArray(value)) {
    const [kind, of] = Array.isArray(type) ? (type as Typed[]) : [];
    const items = (value as Typed[]).map((item, index) =>
      typed(item, at(unknown, index), kind === 'tuple' ? at(of, index) : of),
    );
    return kind === 'set' ? { $set: items } : items;
  }
  if (typeof value !== 'object' || value === null || '$number' in value) return value;
  const [kind, of] = Array.isArray(type) ? (type as Typed[]) : [];
  const keys = new Set([...Object.keys(value), ...(isRecord(unknown) ? Object.keys(unknown) : [])]);
  return Object.fromEntries(
    [...keys].map((key) => {
      const item = (value as Record<string, Typed>)[key] ?? null;
      return [key, typed(item, at(unknown, key), kind === 'object' ? at(of, key) : of)];
    }),
  );
}

function at(from: Typed | undefined, key: string | number): Typed {
  if (Array.isArray(from)) return (from as Typed[])[Number(key)] ?? false;
  return isRecord(from) ? (from[key] ?? false) : false;
}

function isRecord(value: Typed | undefined): value is { readonly [key: string]: Typed } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function terraform(folder: string, ...args: readonly string[]): string {
  return execFileSync('terraform', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', TF_CLI_ARGS: '-no-color', CHECKPOINT_DISABLE: '1' },
  });
}
