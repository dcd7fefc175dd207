import { repeated, type PolicyProblems } from '../../../facts/iam-policy/problems.ts';
import { child, textOf, type YamlMap, type YamlNode } from '../../../lib/yaml/index.ts';
import { arnParts } from '../concrete/arns.ts';
import type { IamRequest, RequestPrincipal } from '../types.ts';

const ELEMENTS: ReadonlySet<string> = new Set(['principal', 'action', 'resource', 'resourceAccount', 'context']);

/**
 * `{ principal, action, resource, resourceAccount, context }`. The account of the resource is taken from its ARN where it is
 * not given, and where the ARN has none it is the principal's own.
 */
export function readRequest(node: YamlNode, problems: PolicyProblems): IamRequest | undefined {
  if (node.kind !== 'map') {
    problems.add('request must be an object', node.at);
    return undefined;
  }
  for (const { key, keyAt } of repeated(node.entries)) problems.add(`${key} stands twice`, keyAt);
  for (const { key, keyAt } of node.entries) {
    if (!ELEMENTS.has(key)) problems.add(`a request has no ${key}: expected one of ${[...ELEMENTS].join(', ')}`, keyAt);
  }
  const principal = readPrincipal(node, problems);
  const action = readText(node, 'action', problems);
  if (action !== undefined && !/^[\w-]+:\w+$/.test(action))
    problems.add('action must be one action, as s3:GetObject', child(node, 'action')?.at);
  const resource = readText(node, 'resource', problems, '*');
  const owner = readText(node, 'resourceAccount', problems, '');
  const context = readContext(child(node, 'context'), problems);
  if (principal === undefined || action === undefined || resource === undefined) return undefined;
  const resourceAccount = owner === undefined || owner === '' ? accountIn(resource) : owner;
  return { principal, action, resource, context, ...(resourceAccount === undefined ? {} : { resourceAccount }) };
}

const KINDS = new Set<RequestPrincipal['kind']>([
  'user',
  'role',
  'role-session',
  'federated-user',
  'root',
  'service',
  'federated',
  'anonymous',
]);

/** An ARN, the name of a service, `*`; or an object of that with what it does not say. */
function readPrincipal(node: YamlMap, problems: PolicyProblems): RequestPrincipal | undefined {
  const value = child(node, 'principal');
  const arn = textOf(value) ?? textOf(child(value, 'arn'));
  if (value === undefined || arn === undefined) {
    problems.add('principal must be an ARN, the name of a service, or "*"', value?.at ?? node.at);
    return undefined;
  }
  const given = textOf(child(value, 'kind'));
  const kind = given === undefined ? kindOf(arn) : [...KINDS].find((each) => each === given);
  if (kind === undefined) {
    const why = given === undefined ? `give the kind of principal that ${arn} is` : 'there is no such kind';
    problems.add(`${why}: one of ${[...KINDS].join(', ')}`, child(value, 'kind')?.at ?? value.at);
    return undefined;
  }
  const free = kind === 'service' || kind === 'federated' || kind === 'anonymous';
  const account = free ? undefined : (textOf(child(value, 'account')) ?? accountIn(arn));
  if (!free && account === undefined) problems.add('the ARN of a principal must name its account', value.at);
  const role = textOf(child(value, 'role'));
  return {
    kind,
    arn,
    ...(account === undefined ? {} : { account }),
    ...(role === undefined ? {} : { role }),
    ...(child(value, 'serviceLinked')?.kind === 'scalar' && textOf(child(value, 'serviceLinked')) === 'true'
      ? { serviceLinked: true }
      : {}),
  };
}

/** Service-linked roles stand below a path of their own; sessions do not show it. */
function kindOf(arn: string): RequestPrincipal['kind'] | undefined {
  if (arn === '*') return 'anonymous';
  const parts = arnParts(arn);
  const resource = parts?.[5] ?? '';
  if (parts === undefined)
    return /^[\w.-]+\.amazonaws\.com(?:\.cn)?$/.test(arn)
      ? 'service'
      : /^[\w-]+(?:\.[\w-]+)+(?:\/\S*)?$/.test(arn)
        ? 'federated'
        : undefined;
  if (parts[2] === 'sts')
    return resource.startsWith('assumed-role/')
      ? 'role-session'
      : resource.startsWith('federated-user/')
        ? 'federated-user'
        : undefined;
  if (resource === 'root') return 'root';
  if (/^(?:oidc|saml)-provider\//.test(resource)) return 'federated';
  return resource.startsWith('user/') ? 'user' : resource.startsWith('role/') ? 'role' : undefined;
}

function accountIn(arn: string): string | undefined {
  const account = arnParts(arn)?.[4] ?? '';
  return /^\d{12}$/.test(account) ? account : undefined;
}

function readText(node: YamlMap, key: string, problems: PolicyProblems, otherwise?: string): string | undefined {
  const value = child(node, key);
  if (value === undefined && otherwise !== undefined) return otherwise;
  if (value?.kind === 'scalar' && typeof value.value === 'string') return value.value;
  problems.add(value === undefined ? `${key} is missing` : `${key} must be a string`, value?.at ?? node.at);
  return undefined;
}

/** Keys in lower case; a value or a list of them. */
function readContext(node: YamlNode | undefined, problems: PolicyProblems): IamRequest['context'] {
  const context = new Map<string, string | readonly string[]>();
  if (node === undefined) return context;
  if (node.kind !== 'map') {
    problems.add('context must be an object of context keys', node.at);
    return context;
  }
  for (const { key, keyAt, value } of node.entries) {
    const items = value.kind === 'list' ? value.items : [value];
    const texts = items.flatMap((item) => textOf(item) ?? []);
    if (texts.length < items.length)
      problems.add('a context key has a string, number or boolean, or a list of them', value.at);
    if (context.has(key.toLowerCase())) problems.add(`${key} stands twice; keys have no case`, keyAt);
    context.set(key.toLowerCase(), value.kind === 'list' ? texts : (texts[0] ?? ''));
  }
  return context;
}
