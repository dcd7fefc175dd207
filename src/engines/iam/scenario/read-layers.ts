import type { PolicyProblems } from '../../../facts/iam-policy/problems.ts';
import { policyFrom } from '../../../facts/iam-policy/read-policy.ts';
import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import { parseJson } from '../../../lib/json/parse-json.ts';
import { child, textOf, type YamlMap, type YamlNode } from '../../../lib/yaml/index.ts';
import type { SourceLocation } from '../../../model/index.ts';
import type { PolicyLevel } from '../types.ts';

/** Where policies come from, and where what is wrong with them goes. */
export interface PolicySource {
  readonly problems: PolicyProblems;
  /** Documents of the policies that AWS manages. */
  readonly managedPolicy: (arn: string) => IamPolicy | undefined;
}

/** Whether the statements of a layer must name principals, may not, or may. */
type Named = 'somebody' | 'nobody' | 'anybody';

/** Policies of one layer: one or a list, each a document, `{ name, policy }`, the ARN of a policy of AWS, or a document as a text. */
export function readLayer(node: YamlNode, layer: string, named: Named, source: PolicySource): IamPolicy[] {
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item, index) => {
    const name = items.length === 1 && node.kind !== 'list' ? layer : `${layer}[${index}]`;
    const policy = readOne(item, name, source);
    if (policy !== undefined) checkPrincipals(policy, named, source.problems);
    return policy === undefined ? [] : [policy];
  });
}

/** Levels from the root of the organisation down to the account: `{ target, policies }`, or lists of policies. */
export function readLevels(node: YamlNode, layer: string, named: Named, source: PolicySource): PolicyLevel[] {
  if (node.kind !== 'list') {
    source.problems.add(`${layer} must be a list of levels, from the root down to the account`, node.at);
    return [];
  }
  return node.items.map((item, index): PolicyLevel => {
    const name = `${layer}[${index}]`;
    if (item.kind === 'list') return { target: `level ${index + 1}`, policies: readLayer(item, name, named, source) };
    const policies = child(item, 'policies');
    if (policies === undefined) {
      source.problems.add('a level must be { "target": …, "policies": […] }, or a list of policies', item.at);
      return { target: name, policies: [] };
    }
    const target = textOf(child(item, 'target')) ?? `level ${index + 1}`;
    return { target, policies: readLayer(policies, `${name}.policies`, named, source) };
  });
}

function readOne(node: YamlNode, name: string, source: PolicySource): IamPolicy | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'string') return readText(node.value, node.at, name, source);
  if (node.kind !== 'map') {
    source.problems.add('a policy must be an object, or the ARN of a policy that AWS manages', node.at);
    return undefined;
  }
  const wrapped = child(node, 'policy') ?? child(node, 'document');
  if (wrapped !== undefined) {
    checkWrapper(node, source.problems);
    return readOne(wrapped, textOf(child(node, 'name')) ?? name, source);
  }
  const { policy, problems } = policyFrom(node, name);
  for (const { message, at } of problems) source.problems.add(message, at);
  return policy;
}

function checkWrapper(node: YamlMap, problems: PolicyProblems): void {
  for (const { key, keyAt } of node.entries) {
    if (key !== 'name' && key !== 'policy' && key !== 'document')
      problems.add(`beside a policy stands its name, not ${key}`, keyAt);
  }
}

/** The ARN of a policy of AWS, or the JSON of a document, whose problems stand at the text. */
function readText(
  text: string,
  at: SourceLocation,
  name: string,
  { problems, managedPolicy }: PolicySource,
): IamPolicy | undefined {
  if (!/^\s*\{/.test(text)) {
    const found = managedPolicy(text);
    if (found === undefined) problems.add(`AWS has no policy ${text}`, at);
    return found;
  }
  const reading = parseJson(at.path, text);
  if (!reading.ok) {
    problems.add(`not valid JSON: ${reading.message}`, at);
    return undefined;
  }
  const read = policyFrom(reading.root, name);
  for (const { message } of read.problems) problems.add(message, at);
  return { ...read.policy, statements: read.policy.statements.map((statement) => ({ ...statement, at })), at };
}

function checkPrincipals({ statements }: IamPolicy, named: Named, problems: PolicyProblems): void {
  for (const { principals, at } of statements) {
    if (named === 'nobody' && principals !== undefined) problems.add('only policies of resources have a Principal', at);
    if (named === 'somebody' && principals === undefined)
      problems.add('a statement of a resource policy must have a Principal', at);
  }
}
