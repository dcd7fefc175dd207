import {
  describeNode,
  isOfKubernetes,
  type Answer,
  type PathStep,
  type SecretReader,
} from '../../../engines/rbac/index.ts';
import type { Decision, Grant, PolicyRule, Secret } from '../../../engines/rbac/index.ts';
import { inert } from '../../../lib/inert.ts';
import type { SourceLocation } from '../../../model/index.ts';

/** `path:line:column`. */
export function place({ path, startLine, startColumn }: SourceLocation): string {
  return `${inert(path)}:${startLine}:${startColumn}`;
}

/** Yes, no, or what would have to be known, with the rules. */
export function decisionLines(decision: Decision): string[] {
  switch (decision.kind) {
    case 'allowed':
      return ['yes', ...decision.by.flatMap((grant) => grantLines(grant, '  '))];
    case 'denied':
      return ['no'];
    case 'undecided':
      return ['unknown', ...decision.because.map((why) => `  ${inert(why)}`)];
  }
}

/** Everybody who may; those of Kubernetes itself in one line, unless all are wanted. */
export function answerLines(answers: readonly Answer[], all: boolean): string[] {
  const shown = answers.filter(({ who }) => all || !isOfKubernetes(who));
  const lines = shown.flatMap(({ who, decision }) => {
    const name = inert(describeNode(who));
    if (decision.kind === 'undecided') return [`${name}: unknown`, ...decision.because.map((why) => `  ${inert(why)}`)];
    return [name, ...decision.by.slice(0, 1).flatMap((grant) => grantLines(grant, '  '))];
  });
  return [...(lines.length === 0 ? ['nobody'] : lines), ...rest(answers.length - shown.length)];
}

/** A secret and its readers. */
export function readerLines(
  { secret, readers }: { readonly secret: Secret; readonly readers: readonly SecretReader[] },
  all: boolean,
): string[] {
  const shown = readers.filter(({ who }) => all || !isOfKubernetes(who));
  const mark = secret.declared ? '' : 'named at ';
  return [
    `Secret ${inert(`${secret.namespace}/${secret.name}`)}  ${mark}${place(secret.at)}`,
    ...(shown.length === 0 ? ['  nobody'] : []),
    ...shown.flatMap(({ who, path }) => [
      `  ${inert(describeNode(who))}`,
      ...path.filter(isTold).map((step) => `    ${stepLine(step)}`),
    ]),
    ...rest(readers.length - shown.length).map((line) => `  ${line}`),
    '',
  ];
}

/** A step that only names a part of what somebody has says nothing, unless it is the last one. */
function isTold({ isPart }: PathStep, index: number, path: readonly PathStep[]): boolean {
  return isPart !== true || index === path.length - 1;
}

function rest(count: number): string[] {
  return count === 0 ? [] : [`and ${count} of Kubernetes itself (--all lists them)`];
}

function stepLine({ how, to, by, at }: PathStep): string {
  const grants = by.map((grant) => `${bindingName(grant)}${where(grant.binding.at ?? grant.rule.at)}`);
  const source = grants.length > 0 ? `  by ${grants.join(' and ')}` : where(at);
  return `${inert(how)} → ${inert(describeNode(to))}${source}`;
}

function grantLines({ rule, role, binding }: Grant, indent: string): string[] {
  const name = bindingName({ rule, role, binding });
  return [
    `${indent}${name}${where(binding.at)}`,
    `${indent}${role.kind} ${inert(role.name)}: ${ruleText(rule)}${where(rule.at)}`,
  ];
}

function bindingName({ binding }: Grant): string {
  if (binding.source === 'eks') return inert(binding.name);
  const kind = binding.scope.kind === 'cluster' ? 'ClusterRoleBinding' : 'RoleBinding';
  return `${kind} ${inert(binding.name)}`;
}

function where(at: SourceLocation | undefined): string {
  return at === undefined ? '' : `  ${place(at)}`;
}

const MOST_WORDS = 8;

function ruleText({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  const groups = apiGroups.map((group) => (group === '' ? 'core' : group));
  const on = resources.length > 0 ? `${words(resources)} of ${words(groups)}` : words(nonResourceURLs);
  return inert(`${words(verbs)} on ${on}${resourceNames.length === 0 ? '' : ` named ${words(resourceNames)}`}`);
}

function words(list: readonly string[]): string {
  return list.length <= MOST_WORDS
    ? list.join(', ')
    : `${list.slice(0, MOST_WORDS).join(', ')} and ${list.length - MOST_WORDS} more`;
}
