import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mergeUnknown, type Answer } from './answers.ts';
import type { ModuleCase } from './modules.ts';

/** What Terraform plans for a configuration, and what it is after apply. */
export interface Recorded {
  readonly planned: Values;
  readonly applied: Values;
}

export interface Values {
  /** `input` of every `terraform_data`, by address. */
  readonly resources: Readonly<Record<string, Answer>>;
  readonly outputs: Readonly<Record<string, Answer>>;
}

interface Change {
  readonly after?: Answer;
  readonly after_unknown?: Answer;
}

interface Plan {
  readonly resource_changes?: readonly { readonly address: string; readonly change: Change }[];
  readonly output_changes?: Readonly<Record<string, Change>>;
}

interface StateModule {
  readonly resources?: readonly { readonly address: string; readonly values: { readonly input?: Answer } }[];
  readonly child_modules?: readonly StateModule[];
}

interface State {
  readonly values?: {
    readonly root_module?: StateModule;
    readonly outputs?: Readonly<Record<string, { readonly value?: Answer }>>;
  };
}

/** Plans and applies a configuration with the terraform binary; undefined where Terraform refuses it. */
export function recordPlan({ files, varFiles = [], vars = {} }: Omit<ModuleCase, 'name'>): Recorded | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'differential-'));
  const run = (...args: readonly string[]) =>
    execFileSync('terraform', args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1e8,
    });
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const given = [
      ...varFiles.map((path) => `-var-file=${path}`),
      ...Object.entries(vars).map(([name, value]) => `-var=${name}=${value}`),
    ];
    run('init', '-input=false');
    run('plan', '-input=false', '-out=plan', ...given);
    const planned = readPlan(JSON.parse(run('show', '-json', 'plan')) as Plan);
    run('apply', '-input=false', 'plan');
    return { planned, applied: readState(JSON.parse(run('show', '-json')) as State) };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readPlan(plan: Plan): Values {
  const resources = (plan.resource_changes ?? []).map(({ address, change }) => {
    const value = mergeUnknown(change.after, change.after_unknown);
    const input = typeof value === 'object' && value !== null && 'input' in value ? value.input : null;
    return [address, input ?? null] as const;
  });
  const outputs = Object.entries(plan.output_changes ?? {}).map(
    ([name, change]) => [name, mergeUnknown(change.after, change.after_unknown)] as const,
  );
  return { resources: Object.fromEntries(resources), outputs: Object.fromEntries(outputs) };
}

function readState({ values }: State): Values {
  const outputs = Object.entries(values?.outputs ?? {}).map(([name, { value }]) => [name, value ?? null] as const);
  return { resources: Object.fromEntries(inputsOf(values?.root_module)), outputs: Object.fromEntries(outputs) };
}

function inputsOf(module: StateModule | undefined): (readonly [string, Answer])[] {
  const own = (module?.resources ?? []).map(({ address, values }) => [address, values.input ?? null] as const);
  return [...own, ...(module?.child_modules ?? []).flatMap(inputsOf)];
}
