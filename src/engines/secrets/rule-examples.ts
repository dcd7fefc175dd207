import { parse, TomlError } from 'smol-toml';
import { list, record, string } from './config-values.ts';
import { scanBlob } from './compat/scan-blob.ts';
import { gateRuleset, type RuleText } from './pack.ts';

/** What the examples of one rule showed. */
export interface ExampleOutcome {
  readonly rule: string;
  /** Number of examples. */
  readonly count: number;
  /** What is wrong, for people; the example itself is not in it. */
  readonly failures: readonly string[];
}

/**
 * Runs the examples that stand with the rules of a file, in a table that gitleaks does not read:
 * `[rules.examples] found = [...], ignored = [...], path = "..."`. Each text of `found` must be found by that rule, none
 * of `ignored` may be; `path` is the file that they stand in.
 */
export function runExamples(file: RuleText): readonly ExampleOutcome[] | { readonly problem: string } {
  let rules: unknown;
  try {
    rules = record(parse(file.text)).get('rules');
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { problem: error.message.split('\n', 1)[0] ?? 'not valid TOML' };
  }
  const ruleset = gateRuleset([], file);
  return (Array.isArray(rules) ? rules : []).map((entry: unknown) => {
    const table = record(entry);
    const id = string(table.get('id')) ?? '';
    const examples = record(table.get('examples'));
    const path = string(examples.get('path')) ?? 'example.txt';
    const finds = (text: string): boolean =>
      scanBlob({ path, bytes: Buffer.from(text) }, ruleset, { decodeDepth: 5 }).leaks.some(({ rule }) => rule === id);
    const found = list(examples.get('found'));
    const ignored = list(examples.get('ignored'));
    return {
      rule: id,
      count: found.length + ignored.length,
      failures: [
        ...ruleset.problems.filter(({ rule }) => rule === id).map(({ message }) => message),
        ...found.flatMap((text, index) => (finds(text) ? [] : [`example ${index + 1} of found is not found`])),
        ...ignored.flatMap((text, index) => (finds(text) ? [`example ${index + 1} of ignored is found`] : [])),
      ],
    };
  });
}
