import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateTerraform } from '../evaluate.ts';
import { answerOf, expectedAnswer, withHoles, type Answer } from '../../../../test/terraform/answers.ts';
import { BASE, EXPRESSIONS, REFUSED } from '../../../../test/terraform/expressions.ts';
import { GENERATED } from '../../../../test/terraform/generate.ts';
import { MODULES, type ModuleCase } from '../../../../test/terraform/modules.ts';
import { recordPlan, type Recorded, type Values } from '../../../../test/terraform/record.ts';

/** Terraform's answers; `RECORD=1` asks a terraform binary on PATH again. */
interface Recording {
  readonly expressions: Readonly<Record<string, { readonly planned: Answer; readonly applied: Answer }>>;
  readonly refused: readonly string[];
  /** Null where Terraform refuses the module. */
  readonly modules: Readonly<Record<string, Recorded | null>>;
}

const FILE = new URL('recorded.json', import.meta.url);
const ALL: readonly ModuleCase[] = [...MODULES, ...GENERATED];

/** Where Terraform knows more: it follows the bounds of unknown numbers, so that `(unknown ? 1 : 0) < 5` is true. */
const LESS_PRECISE = new Set(['generated 20']);

if (process.env.RECORD === '1') writeFileSync(FILE, `${JSON.stringify(record(), null, 1)}\n`);
const recording = JSON.parse(readFileSync(FILE, 'utf8')) satisfies Recording as Recording;

function outputsOf(expressions: readonly string[]): ModuleCase {
  const outputs = expressions.map((text, index) => `output "e${index}" {\n  value = ${text}\n}`);
  return { name: 'expressions', files: { 'main.tf': `${BASE}\n${outputs.join('\n')}\n` } };
}

function record(): Recording {
  const answers = recordPlan(outputsOf(EXPRESSIONS));
  if (answers === undefined) throw new Error('Terraform refuses one of the expressions');
  const modules = ALL.map((each) => [each.name, recordPlan(each) ?? null] as const);
  return {
    expressions: Object.fromEntries(
      EXPRESSIONS.map((text, index) => {
        const name = `e${index}`;
        return [
          text,
          { planned: answers.planned.outputs[name] ?? null, applied: answers.applied.outputs[name] ?? null },
        ];
      }),
    ),
    refused: REFUSED.filter((text) => recordPlan(outputsOf([text])) === undefined),
    modules: Object.fromEntries(modules),
  };
}

function evaluateCase({ files, vars = {}, varFiles = [] }: ModuleCase) {
  return evaluateTerraform('', new Map(Object.entries(files)), { vars: new Map(Object.entries(vars)), varFiles });
}

describe('expressions have the value that Terraform gives them', () => {
  const { outputs, problems } = evaluateCase(outputsOf(EXPRESSIONS));

  it('without a problem', () => {
    expect(problems).toEqual([]);
  });

  it.each(EXPRESSIONS.map((text, index) => [text, index] as const))('%s', (text, index) => {
    const value = outputs.get(`e${index}`);
    const ours = value === undefined ? undefined : answerOf(value);
    const recorded = recording.expressions[text];
    expect(ours).toEqual(expectedAnswer(ours, recorded?.planned, recorded?.applied));
  });
});

describe('what Terraform refuses is a problem with a place', () => {
  it.each(REFUSED)('%s', (text) => {
    expect(recording.refused).toContain(text);
    const { problems, outputs } = evaluateCase(outputsOf([text]));
    expect(problems.map(({ severity }) => severity)).toContain('error');
    expect(problems[0]?.at?.path).toBe('main.tf');
    expect(outputs.get('e0')?.kind).toBe('unknown');
  });
});

describe('modules plan what Terraform plans', () => {
  it.each(ALL.map((each) => [each.name, each] as const))('%s', (name, each) => {
    const { resources, outputs, problems } = evaluateCase(each);
    const recorded = recording.modules[name];
    expect(problems.some(({ severity }) => severity === 'error')).toBe(recorded === null);
    if (recorded === null) return;
    const inputs = resources.map(({ address, values }) => {
      const value = values.entries.get('input');
      return [address, value === undefined ? null : answerOf(value)] as const;
    });
    const ours = {
      resources: Object.fromEntries(inputs),
      outputs: Object.fromEntries([...outputs].map(([key, value]) => [key, answerOf(value)] as const)),
    };
    const expected = LESS_PRECISE.has(name)
      ? withHoles(asAnswer(recorded?.applied), ours)
      : expectedAnswer(ours, asAnswer(recorded?.planned), asAnswer(recorded?.applied));
    expect(ours).toEqual(expected);
  });
});

function asAnswer(values: Values | undefined): Answer {
  return values === undefined ? null : { resources: values.resources, outputs: values.outputs };
}
