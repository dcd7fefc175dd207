import { textOf, type YamlEntry, type YamlMap, type YamlNode } from '../../lib/yaml/index.ts';
import type { PolicyProblems } from './problems.ts';
import { repeated } from './problems.ts';
import { readConditions } from './read-conditions.ts';
import { readPrincipals } from './read-principals.ts';
import { readTexts } from './read-texts.ts';
import type { IamPatterns, IamPrincipals, IamStatement } from './types.ts';

const ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

/** One statement; undefined where it has no readable effect or actions. What else is wrong is only named in `problems`. */
export function readStatement(node: YamlNode, index: number, problems: PolicyProblems): IamStatement | undefined {
  if (node.kind !== 'map') {
    problems.add('a statement must be an object', node.at);
    return undefined;
  }
  for (const entry of repeated(node.entries)) problems.add(`${entry.key} stands twice`, entry.keyAt);
  for (const { key, keyAt } of node.entries) {
    if (!ELEMENTS.has(key)) problems.add(`a statement has no element ${key}`, keyAt);
  }
  const effect = readEffect(node, problems);
  const actions = readActions(node, problems);
  const sid = readSid(node, problems);
  const principals = readWho(node, problems);
  const resources = readPatterns(node, 'Resource', problems);
  const condition = valueOf(node, 'Condition');
  const conditions = condition === undefined ? [] : readConditions(condition, problems);
  if (effect === undefined || actions === undefined) return undefined;
  return {
    ...(sid === undefined ? {} : { sid }),
    index,
    effect,
    ...(principals === undefined ? {} : { principals }),
    actions,
    ...(resources === undefined ? {} : { resources }),
    conditions,
    at: node.at,
  };
}

function readEffect(node: YamlMap, problems: PolicyProblems): IamStatement['effect'] | undefined {
  const effect = valueOf(node, 'Effect');
  const text = textOf(effect);
  if (text === 'Allow' || text === 'Deny') return text;
  if (effect === undefined) problems.add('a statement must have an Effect', node.at);
  else problems.add('Effect must be "Allow" or "Deny"', effect.at);
  return undefined;
}

function readSid(node: YamlMap, problems: PolicyProblems): string | undefined {
  const sid = valueOf(node, 'Sid');
  if (sid === undefined) return undefined;
  if (sid.kind === 'scalar' && typeof sid.value === 'string') return sid.value;
  problems.add('Sid must be a string', sid.at);
  return undefined;
}

function readActions(node: YamlMap, problems: PolicyProblems): IamPatterns | undefined {
  const actions = readPatterns(node, 'Action', problems);
  if (actions === undefined) {
    if (entryOf(node, 'Action') === undefined) problems.add('a statement must have an Action or NotAction', node.at);
    return undefined;
  }
  for (const pattern of actions.patterns) {
    if (!/^\*+$|^[^:]+:[^:]+$/.test(pattern))
      problems.add(
        `an action is \`*\` or service:Name, not ${JSON.stringify(pattern)}`,
        entryOf(node, 'Action')?.keyAt,
      );
  }
  return actions;
}

function readWho(node: YamlMap, problems: PolicyProblems): IamPrincipals | undefined {
  const entry = entryOf(node, 'Principal', problems);
  if (entry === undefined) return undefined;
  return readPrincipals(entry.value, entry.key.startsWith('Not'), problems);
}

function readPatterns(
  node: YamlMap,
  element: 'Action' | 'Resource',
  problems: PolicyProblems,
): IamPatterns | undefined {
  const entry = entryOf(node, element, problems);
  if (entry === undefined) return undefined;
  const patterns = readTexts(entry.value, entry.key, problems);
  return patterns.length === 0 ? undefined : { negated: entry.key.startsWith('Not'), patterns };
}

/** The entry of an element or of its negated twin; both at once are a problem. */
function entryOf(node: YamlMap, element: string, problems?: PolicyProblems): YamlEntry | undefined {
  const found = node.entries.filter(({ key }) => key === element || key === `Not${element}`);
  const [first, second] = found;
  if (first !== undefined && second !== undefined && first.key !== second.key)
    problems?.add(`a statement has ${element} or Not${element}, not both`, second.keyAt);
  return first;
}

function valueOf(node: YamlMap, element: string): YamlNode | undefined {
  return node.entries.find(({ key }) => key === element)?.value;
}
