import {
  authorize,
  buildRbac,
  parseResource,
  secretReaders,
  subjectOf,
  whoCan,
  type RbacModel,
  type Request,
  type Subject,
} from '../../../engines/rbac/index.ts';
import { evaluateFacts } from '../../../engines/terraform/evaluate-facts.ts';
import { collectFacts } from '../../../facts/collect.ts';
import { inert } from '../../../lib/inert.ts';
import { scopeTree } from '../../../lib/tree-views.ts';
import type { Gap } from '../../../model/index.ts';
import { readModuleSummaries } from '../../../sources/assets.ts';
import { openWorktree } from '../../../sources/worktree/worktree.ts';
import { CommandFailure } from '../exit.ts';
import { put } from '../output.ts';
import { answerToJson, decisionToJson, gapToJson, readersToJson } from './json.ts';
import { answerLines, decisionLines, place, readerLines } from './text.ts';

export interface RbacOptions {
  /** Folder of the product. */
  readonly dir: string;
  readonly namespace?: string;
  /** One object instead of all. */
  readonly name?: string;
  /** Also who is a part of Kubernetes itself. */
  readonly all?: boolean;
  readonly format: 'text' | 'json';
}

export interface CanIOptions extends RbacOptions {
  readonly as: string;
  readonly asGroup?: readonly string[];
}

const SCHEMA = 'fourproof/rbac/v1';

/** `fourproof rbac can-i <verb> <resource> --as <subject>`: the answer, and the rules that give it. */
export async function canICommand(verb: string, resource: string, options: CanIOptions): Promise<number> {
  const { model, gaps } = await readModel(options);
  const request = requestOf(verb, resource, options);
  const subjects = subjectsOf(options, model);
  const decisions = subjects.map((subject) => ({ subject, decision: authorize(model, subject, request) }));
  const best =
    decisions.find(({ decision }) => decision.kind === 'allowed') ??
    decisions.find(({ decision }) => decision.kind === 'undecided') ??
    decisions[0];
  if (best === undefined) throw new CommandFailure(`fourproof: nothing here says who ${options.as} is in the cluster`);
  if (options.format === 'json') {
    print({
      schema: SCHEMA,
      request: { ...request },
      subject: { ...best.subject },
      ...decisionToJson(best.decision),
      gaps,
    });
    return 0;
  }
  warn(gaps);
  put(decisionLines(best.decision).join('\n'), undefined);
  return 0;
}

/** `fourproof rbac who-can <verb> <resource>`: everybody who may, with the rules that let them. */
export async function whoCanCommand(verb: string, resource: string, options: RbacOptions): Promise<number> {
  const { model, gaps } = await readModel(options);
  const request = requestOf(verb, resource, options);
  const answers = whoCan(model, request);
  if (options.format === 'json') {
    print({ schema: SCHEMA, request: { ...request }, who: answers.map(answerToJson), gaps });
    return 0;
  }
  warn(gaps);
  put(answerLines(answers, options.all ?? false).join('\n'), undefined);
  return 0;
}

/** `fourproof rbac secrets`: each secret and everybody who can read it in the end, with the path. */
export async function secretsCommand(options: RbacOptions): Promise<number> {
  const { model, gaps } = await readModel(options);
  const secrets = secretReaders(model).filter(
    ({ secret }) =>
      (options.namespace ?? secret.namespace) === secret.namespace && (options.name ?? secret.name) === secret.name,
  );
  if (options.format === 'json') {
    print({ schema: SCHEMA, secrets: secrets.map(readersToJson), gaps });
    return 0;
  }
  warn(gaps);
  const lines = secrets.flatMap((one) => readerLines(one, options.all ?? false));
  put(lines.length === 0 ? 'no secret is declared or named here' : lines.join('\n'), undefined);
  return 0;
}

async function readModel({ dir }: RbacOptions): Promise<{ readonly model: RbacModel; readonly gaps: readonly Gap[] }> {
  const opened = openWorktree(dir);
  if (!opened.ok) throw new CommandFailure(`fourproof: ${opened.why}`, opened.empty ? 3 : 2);
  const { asked } = opened;
  const tree = asked === '.' ? opened.tree : scopeTree(opened.tree, (path) => path.startsWith(`${asked}/`));
  if (tree.files.length === 0) throw new CommandFailure(`fourproof: ${dir} holds no file that can be read`, 3);
  const { facts, terraform } = await evaluateFacts(await collectFacts(tree), tree, readModuleSummaries());
  const model = buildRbac({
    kubernetes: facts.kubernetes,
    terraform: terraform.roots.flatMap(({ resources }) => resources),
  });
  const unread = facts.unread.filter(({ kind }) => kind === 'kubernetes' || kind === 'terraform' || kind === 'chart');
  const place = ({ path, at }: (typeof unread)[number]): NonNullable<Gap['at']> =>
    at ?? { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  return { model, gaps: [...unread.map((one): Gap => ({ ...one, at: place(one) })), ...model.gaps] };
}

/** Without a namespace the question is of the whole cluster. */
function requestOf(verb: string, resource: string, { namespace, name }: RbacOptions): Request {
  if (resource.startsWith('/')) return { verb, path: resource };
  return {
    verb,
    ...parseResource(resource),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  };
}

/** A user name; an ARN stands for everybody that EKS makes of it; `namespace/name` for a service account. */
function subjectsOf({ as, asGroup = [] }: CanIOptions, { iamIdentities, serviceAccounts }: RbacModel): Subject[] {
  if (as.startsWith('arn:')) return iamIdentities.filter(({ principal }) => principal === as);
  const account = serviceAccounts.find(({ namespace, name }) => `${namespace}/${name}` === as);
  const user = account === undefined ? as : `system:serviceaccount:${account.namespace}:${account.name}`;
  return [subjectOf(user, asGroup)];
}

const MOST_WARNINGS = 20;

function warn(gaps: readonly Gap[]): void {
  for (const { message, at } of gaps.slice(0, MOST_WARNINGS)) {
    process.stderr.write(`${at === undefined ? '' : `${place(at)}: `}not known: ${inert(message)}\n`);
  }
  if (gaps.length > MOST_WARNINGS)
    process.stderr.write(`and ${gaps.length - MOST_WARNINGS} more: --format json has them\n`);
}

function print({ gaps, ...rest }: { readonly gaps: readonly Gap[]; readonly [key: string]: unknown }): void {
  put(JSON.stringify({ ...rest, gaps: gaps.map(gapToJson) }, null, 2), undefined);
}
