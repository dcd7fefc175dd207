import type { YamlNode } from '../../lib/yaml/index.ts';
import { repeated, type PolicyProblems } from './problems.ts';
import { readTexts } from './read-texts.ts';
import type { IamPrincipal, IamPrincipals } from './types.ts';

/** `Principal` or `NotPrincipal`: `"*"`, or an object of types with one value or a list. */
export function readPrincipals(node: YamlNode, negated: boolean, problems: PolicyProblems): IamPrincipals | undefined {
  if (node.kind === 'scalar' && node.value === '*') return { negated, principals: [{ type: 'AWS', value: '*' }] };
  if (node.kind !== 'map') {
    problems.add('Principal must be "*" or an object such as { "AWS": … }', node.at);
    return undefined;
  }
  if (node.entries.length === 0) problems.add('Principal is empty', node.at);
  for (const entry of repeated(node.entries)) problems.add(`${entry.key} stands twice`, entry.keyAt);
  const principals = node.entries.flatMap(({ key, keyAt, value }): IamPrincipal[] => {
    if (isPrincipalType(key)) return readTexts(value, key, problems).map((text) => ({ type: key, value: text }));
    problems.add(`a principal is AWS, Service, Federated or CanonicalUser, not ${key}`, keyAt);
    return [];
  });
  return { negated, principals };
}

/** Whether a key is one of the types of principals. */
export function isPrincipalType(key: string): key is IamPrincipal['type'] {
  return key === 'AWS' || key === 'Service' || key === 'Federated' || key === 'CanonicalUser';
}
