import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { hostileResult, sampleOfTwoProducts, sampleResult, sampleWithFindings } from '../../web/test/sample-result.ts';
import type { Json, Result } from '../model/index.ts';
import { renderJson } from './json.ts';
import { resultSchema } from './result-schema.ts';

const SAMPLES: readonly (readonly [string, Result])[] = [
  ['one product', sampleResult()],
  ['two products', sampleOfTwoProducts()],
  ['many findings', sampleWithFindings(300)],
  ['hostile text', hostileResult()],
];

/** The same shape that nobody may change; free JSON is taken as the model's own. */
type Deep<T> = [Json] extends [T] ? T : T extends object ? { readonly [K in keyof T]: Deep<T[K]> } : T;

describe('resultSchema', () => {
  it('says the same as the type', () => {
    expectTypeOf<z.infer<typeof resultSchema>>().toExtend<Result>();
    expectTypeOf<Result>().toExtend<Deep<z.infer<typeof resultSchema>>>();
  });

  it.each(SAMPLES)('knows every field of a result: %s', (_name, result) => {
    // Unknown fields are dropped by the parser, so that equality shows that there are none.
    expect(resultSchema.parse(JSON.parse(renderJson(result)))).toEqual(result);
  });

  it.each(SAMPLES)('is a JSON Schema that holds: %s', (_name, result) => {
    const validate = new Ajv2020({ strict: true, strictTuples: false }).compile(
      z.toJSONSchema(resultSchema, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' }),
    );
    validate(JSON.parse(renderJson(result)));
    expect(validate.errors).toBeNull();
  });

  it('refuses what no honest result holds', () => {
    const result = sampleResult();
    const refuses = (change: object): boolean => !resultSchema.safeParse({ ...result, ...change }).success;
    const [first] = result.verdicts;
    const withControl = (control: object): object => ({ verdicts: [{ ...first, controls: [control] }] });
    const head = { id: 'c', kind: 'guard', title: 'c' };
    expect(refuses({ schema: 'fourproof/result/v2' })).toBe(true);
    expect(refuses(withControl({ ...head, status: 'mitigated' }))).toBe(true);
    expect(refuses(withControl({ ...head, status: 'unknown', gaps: [] }))).toBe(true);
    expect(refuses(withControl({ ...head, status: 'open', findings: [] }))).toBe(true);
    expect(refuses({})).toBe(false);
  });

  it('refuses free values that are nested too deep, without a crash', () => {
    const nested = (depth: number): object => ({
      ...sampleResult(),
      paths: [JSON.parse('['.repeat(depth) + ']'.repeat(depth))] as unknown[],
    });
    expect(resultSchema.safeParse(nested(50)).success).toBe(true);
    expect(resultSchema.safeParse(nested(5000)).success).toBe(false);
  });
});

describe('renderJson', () => {
  it('is the result with a newline at the end', () => {
    const text = renderJson(sampleResult());
    expect(text.startsWith('{\n  "schema": "fourproof/result/v1",\n  "tool": {')).toBe(true);
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual(sampleResult());
  });

  it('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 })), (input) => {
        const withInput = (entries: [string, unknown][]): Result => {
          const data: unknown = JSON.parse(JSON.stringify({ ...sampleResult(), timings: Object.fromEntries(entries) }));
          return data as Result;
        };
        const entries = Object.entries(input);
        expect(renderJson(withInput(entries))).toBe(renderJson(withInput([...entries].reverse())));
      }),
    );
  });

  it('keeps a key that is called __proto__', () => {
    const result = sampleResult();
    const timings: unknown = JSON.parse('{"__proto__": 1, "a": 2}');
    expect(renderJson({ ...result, timings: timings as Result['timings'] })).toContain('"__proto__": 1');
  });
});
