import { child, textOf, type YamlNode } from '../../lib/yaml/index.ts';
import { policyFrom, readPolicy } from '../iam-policy/read-policy.ts';
import type { PolicyReading } from '../iam-policy/types.ts';

const LONGEST = 200_000;

/** A policy document as the API gives it: a JSON object, its text, or its text in URL encoding. */
export function readDocument(path: string, node: YamlNode | undefined, name: string): PolicyReading | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'map') return policyFrom(node, name);
  const text = textOf(node);
  if (text === undefined || text.length > LONGEST) return undefined;
  const { policy, problems } = readPolicy(path, decoded(text), name);
  // Places inside of a text are not places of the file.
  const { at } = node;
  return {
    policy: { ...policy, at, statements: policy.statements.map((statement) => ({ ...statement, at })) },
    problems: problems.map(({ message }) => ({ message, at })),
  };
}

function decoded(text: string): string {
  if (!/^\s*%7B/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The text under a key; undefined where there is none. */
export function textIn(node: YamlNode | undefined, key: string): string | undefined {
  return textOf(child(node, key));
}
