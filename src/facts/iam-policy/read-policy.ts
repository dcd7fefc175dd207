import { parseJson } from '../../lib/json/parse-json.ts';
import { child, textOf, type YamlNode } from '../../lib/yaml/index.ts';
import { readStatement } from './read-statement.ts';
import { PolicyProblems, repeated } from './problems.ts';
import type { IamPolicy, IamStatement, PolicyReading } from './types.ts';

const ELEMENTS: ReadonlySet<string> = new Set(['Version', 'Id', 'Statement']);
/** Far more than any quota of AWS lets through; what is above is a problem, not work. */
const MOST_STATEMENTS = 20_000;

/** Reads a policy document: JSON text at a path, which every place names. `name` is how reports call the policy. Never throws. */
export function readPolicy(path: string, text: string, name?: string): PolicyReading {
  const reading = parseJson(path, text);
  if (reading.ok) return policyFrom(reading.root, name);
  const problems = [{ message: `not valid JSON: ${reading.message}`, at: reading.at }];
  return { policy: { version: '2008-10-17', ...(name === undefined ? {} : { name }), statements: [] }, problems };
}

/**
 * The policy in a document that is already parsed, JSON or YAML
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html). Every statement is read by itself:
 * one with a problem is left out, and the others stand. A version that AWS does not have leaves out all of them, because
 * what `${…}` means depends on it.
 */
export function policyFrom(node: YamlNode, name?: string): PolicyReading {
  const problems = new PolicyProblems();
  const found = readDocument(node, problems);
  const policy: IamPolicy = { ...found, ...(name === undefined ? {} : { name }), at: node.at };
  return { policy, problems: problems.all };
}

function readDocument(node: YamlNode, problems: PolicyProblems): Pick<IamPolicy, 'version' | 'statements'> {
  const nothing = { version: '2008-10-17', statements: [] } as const;
  if (node.kind !== 'map') {
    problems.add('a policy must be an object with a Statement', node.at);
    return nothing;
  }
  for (const entry of repeated(node.entries)) problems.add(`${entry.key} stands twice`, entry.keyAt);
  for (const { key, keyAt } of node.entries) {
    if (!ELEMENTS.has(key)) problems.add(`a policy has no element ${key}`, keyAt);
  }
  const version = readVersion(node, problems);
  const statement = node.entries.findLast(({ key }) => key === 'Statement')?.value;
  if (statement === undefined) problems.add('a policy must have a Statement', node.at);
  if (statement === undefined || version === undefined) return nothing;
  return { version, statements: readStatements(statement, problems) };
}

/** `Version` of a document; the older one where there is none, undefined where it is one that AWS does not have. */
export function readVersion(document: YamlNode, problems: PolicyProblems): IamPolicy['version'] | undefined {
  const node = child(document, 'Version');
  const text = node === undefined ? '2008-10-17' : textOf(node);
  if (text === '2012-10-17' || text === '2008-10-17') return text;
  problems.add('Version must be "2012-10-17" or "2008-10-17"', node?.at);
  return undefined;
}

function readStatements(node: YamlNode, problems: PolicyProblems): IamStatement[] {
  const items = node.kind === 'list' ? node.items : [node];
  if (items.length === 0) problems.add('Statement is empty', node.at);
  if (items.length > MOST_STATEMENTS) {
    problems.add(`a policy of ${items.length} statements is not read: the bound is ${MOST_STATEMENTS}`, node.at);
    return [];
  }
  return items.flatMap((item, index) => {
    const before = problems.count;
    const statement = readStatement(item, index, problems);
    return statement === undefined || problems.count > before ? [] : [statement];
  });
}
