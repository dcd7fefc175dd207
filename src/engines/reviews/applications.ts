import type { Facts } from '../../facts/index.ts';
import type { Job, Step, WorkflowFact } from '../../facts/workflow/types.ts';
import { parseShell, simpleCommands } from '../../lib/shell/ast.ts';
import type { SourceLocation } from '../../model/index.ts';
import { runningSteps } from '../gates/jobs.ts';

/** A step of a workflow that changes infrastructure, or runs its code with the credentials that could. */
export interface Application {
  readonly kind: 'apply' | 'plan';
  /** `terraform apply`, `pulumi/actions`. */
  readonly what: string;
  readonly workflow: WorkflowFact;
  readonly job: Job;
  readonly at: SourceLocation;
  readonly credentials: ApplyingCredentials;
}

/** What the job has when it applies. */
export type ApplyingCredentials =
  | { readonly kind: 'role'; readonly role: string; readonly at: SourceLocation }
  | { readonly kind: 'stored'; readonly secret: string; readonly at: SourceLocation }
  | { readonly kind: 'none-in-sight' };

/** Commands by tool: verbs that change something, and those that run the code without changing it. As of 2026-11. */
const COMMANDS: ReadonlyMap<string, { readonly apply: RegExp; readonly plan: RegExp }> = new Map([
  ['terraform', { apply: /^(?:apply|destroy|import|state)$/, plan: /^(?:plan|refresh|test)$/ }],
  ['tofu', { apply: /^(?:apply|destroy|import|state)$/, plan: /^(?:plan|refresh|test)$/ }],
  ['terragrunt', { apply: /^(?:apply|destroy|apply-all|destroy-all)$/, plan: /^(?:plan|plan-all)$/ }],
  ['terramate', { apply: /^apply$/, plan: /^plan$/ }],
  ['pulumi', { apply: /^(?:up|update|destroy)$/, plan: /^(?:preview|refresh)$/ }],
  ['cdk', { apply: /^(?:deploy|destroy)$/, plan: /^(?:diff|synth)$/ }],
  ['sam', { apply: /^(?:deploy|sync|delete)$/, plan: /^$/ }],
  ['serverless', { apply: /^(?:deploy|remove)$/, plan: /^$/ }],
  ['sls', { apply: /^(?:deploy|remove)$/, plan: /^$/ }],
]);
/** Words of these commands that are passed over before the verb. */
const PREFIX = /^(?:run-all|run|stack|--|-.*)$/;

/** Actions that apply or plan, by the start of their name; an input may say which. */
const ACTIONS: readonly {
  readonly name: RegExp;
  readonly kind: 'apply' | 'plan' | 'by-input';
  readonly input?: string;
}[] = [
  { name: /^dflook\/(?:terraform|tofu)-(?:apply|destroy)/, kind: 'apply' },
  { name: /^dflook\/(?:terraform|tofu)-plan/, kind: 'plan' },
  { name: /^op5dev\/tf-via-pr/, kind: 'by-input', input: 'command' },
  { name: /^gruntwork-io\/terragrunt-action/, kind: 'by-input', input: 'tg_command' },
  { name: /^pulumi\/actions/, kind: 'by-input', input: 'command' },
  { name: /^aws-actions\/aws-cloudformation-github-deploy/, kind: 'apply' },
  { name: /^hashicorp\/tfc-workflows-github\/actions\/(?:apply-run|create-run)/, kind: 'apply' },
];

/** Every step that applies or plans infrastructure, with the credentials of its job. */
export function applicationsIn(facts: Pick<Facts, 'workflow' | 'action'>): Application[] {
  return facts.workflow.flatMap((workflow) =>
    workflow.jobs.flatMap((job) => {
      const steps = runningSteps(job.steps, facts).map((running) => running.step);
      return steps.flatMap((step, index) =>
        applicationsOf(step).map((found): Application => ({
          ...found,
          workflow,
          job,
          credentials: credentialsOf(workflow, job, steps.slice(0, index + 1)),
        })),
      );
    }),
  );
}

function applicationsOf(step: Step): Pick<Application, 'kind' | 'what' | 'at'>[] {
  const uses = step.uses?.text.split('@')[0]?.toLowerCase();
  if (uses !== undefined) {
    const action = ACTIONS.find(({ name }) => name.test(uses));
    if (action === undefined) return [];
    const input = action.input === undefined ? '' : (step.with.get(action.input)?.text ?? '');
    const kind = action.kind !== 'by-input' ? action.kind : /plan|preview|diff/.test(input) ? 'plan' : 'apply';
    return [{ kind, what: uses, at: step.uses?.at ?? step.at }];
  }
  const { run } = step;
  if (run === undefined) return [];
  return simpleCommands(parseShell(run.text)).flatMap(({ words }) => {
    const texts = words.map((word) => word.text).filter((word) => !/^(?:sudo|npx|exec|time|env)$/.test(word));
    const kind = kindOf(texts);
    return kind === undefined ? [] : [{ kind, what: texts.slice(0, 2).join(' ').slice(0, 60), at: run.at }];
  });
}

function kindOf([command = '', ...rest]: readonly string[]): Application['kind'] | undefined {
  const name = command.slice(command.lastIndexOf('/') + 1);
  if (name === 'aws') return changesAws(rest) ? 'apply' : undefined;
  const tool = COMMANDS.get(name);
  const verb = rest.find((word) => !PREFIX.test(word)) ?? '';
  if (tool?.apply.test(verb) === true) return 'apply';
  return tool?.plan.test(verb) === true ? 'plan' : undefined;
}

/** `aws iam create-…`, `aws organizations attach-…`, `aws cloudformation deploy`. */
function changesAws(words: readonly string[]): boolean {
  const [service = '', verb = ''] = words.filter((word) => !word.startsWith('-'));
  if (service === 'cloudformation') return /^(?:deploy|create-|update-|execute-)/.test(verb);
  return /^(?:iam|organizations|sso-admin)$/.test(service) && !/^(?:get|list|describe|generate|simulate)-/.test(verb);
}

const SECRET = /\bsecrets(?:\.(\w+)|\[['"](\w+)['"]\])/;

function credentialsOf(workflow: WorkflowFact, job: Job, steps: readonly Step[]): ApplyingCredentials {
  for (const step of [...steps].reverse()) {
    const role = step.with.get('role-to-assume') ?? step.env.get('AWS_ROLE_ARN');
    const key = step.with.get('aws-secret-access-key') ?? step.env.get('AWS_SECRET_ACCESS_KEY');
    const secret = key === undefined ? null : SECRET.exec(key.text);
    if (key !== undefined && secret !== null)
      return { kind: 'stored', secret: secret[1] ?? secret[2] ?? '', at: key.at };
    if (role !== undefined) return { kind: 'role', role: role.text.trim(), at: role.at };
  }
  const key = job.env.get('AWS_SECRET_ACCESS_KEY') ?? workflow.env.get('AWS_SECRET_ACCESS_KEY');
  const secret = key === undefined ? null : SECRET.exec(key.text);
  if (key !== undefined && secret !== null) return { kind: 'stored', secret: secret[1] ?? secret[2] ?? '', at: key.at };
  const role = job.env.get('AWS_ROLE_ARN') ?? workflow.env.get('AWS_ROLE_ARN');
  return role === undefined ? { kind: 'none-in-sight' } : { kind: 'role', role: role.text.trim(), at: role.at };
}
