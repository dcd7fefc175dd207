import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluated } from '../../../test/terraform/evaluated.ts';

describe('hostile configurations', () => {
  it('that call themselves are a gap', () => {
    const { modules, problems } = evaluated({
      'main.tf': 'module "a" { source = "./a" }',
      'a/main.tf': 'module "a" { source = "../a" }',
    });
    expect(modules).toHaveLength(2);
    expect(problems).toMatchObject([{ severity: 'gap', message: expect.stringContaining('calls itself') }]);
  });

  it('that double a text forty times run out of budget', () => {
    const locals = Array.from({ length: 40 }, (_, at) => `  l${at + 1} = "\${local.l${at}}\${local.l${at}}"`).join(
      '\n',
    );
    const { problems, outputs } = evaluated(
      `locals {\n  l0 = "0123456789"\n${locals}\n}\noutput "o" { value = local.l40 }`,
      { steps: 1_000_000 },
    );
    expect(problems.map(({ reason }) => reason)).toContain('out-of-budget');
    expect(outputs.get('o')?.kind).toBe('unknown');
  });

  it('with a chain of ten thousand locals do not overflow', () => {
    const locals = Array.from({ length: 10_000 }, (_, at) => `  l${at} = local.l${at + 1}`)
      .reverse()
      .join('\n');
    const { problems } = evaluated(`locals {\n  l10000 = 1\n${locals}\n}`);
    expect(problems.every(({ reason }) => reason === 'out-of-budget')).toBe(true);
  });

  it('with a huge count stop at the budget', () => {
    const { problems, resources } = evaluated('resource "a_b" "c" { count = 1000000000 }\nresource "a_b" "d" {}');
    expect(problems.map(({ reason }) => reason)).toContain('out-of-budget');
    expect(resources.length).toBeLessThan(3);
  });

  it('with modules that multiply stop at the limit', () => {
    const files = Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [
        `${'m/'.repeat(at)}main.tf`,
        'module "m" {\n  source = "./m"\n  count  = 20\n}',
      ]),
    );
    const { problems, modules } = evaluated(files);
    expect(modules.length).toBeLessThanOrEqual(5001);
    expect(problems.map(({ reason }) => reason)).toContain('out-of-budget');
  });

  it('with prototype names are plain names', () => {
    const { outputs, problems } = evaluated(
      'locals { __proto__ = { constructor = 1 } }\noutput "toString" { value = local.__proto__.constructor }\noutput "o" { value = { __proto__ = 1, hasOwnProperty = 2 } }',
    );
    expect(problems).toEqual([]);
    expect(outputs.get('toString')).toMatchObject({ kind: 'number', value: 1n });
    const object = outputs.get('o');
    expect(object?.kind === 'object' ? [...object.entries.keys()] : []).toEqual(['__proto__', 'hasOwnProperty']);
  });

  it('that read files outside the tree are refused', () => {
    const { problems, outputs } = evaluated(
      { 'a/main.tf': 'output "o" { value = file("../../etc/passwd") }' },
      {},
      'a',
    );
    expect(problems).toMatchObject([{ severity: 'error', message: expect.stringContaining('outside') }]);
    expect(outputs.get('o')?.kind).toBe('unknown');
  });

  it('with a syntax error keep their other blocks', () => {
    const { resources, problems } = evaluated(
      'resource "a_b" "c" { x = 1 }\nresource "a_b" "d" { x = = }\nresource "a_b" "e" { x = 2 }\n',
    );
    expect(resources.map(({ name }) => name)).toEqual(expect.arrayContaining(['c', 'e']));
    expect(problems).toMatchObject([{ reason: 'unparsed-file', at: { startLine: 2 } }, ...problems.slice(1)]);
  });

  it('of any text never throw', () => {
    const token = fc.constantFrom(
      'resource',
      'module',
      'locals',
      '"a_b"',
      '"c"',
      '{',
      '}',
      '=',
      'x',
      'var.x',
      'local.x',
      '[',
      ']',
      '"${',
      '}"',
      '\n',
      '1',
      '*',
      'for',
      'in',
      ':',
      '?',
      'each.value',
      'count',
      'for_each',
      'source',
      '"./m"',
      'dynamic',
      'content',
      'data',
      '(',
      ')',
      'null',
      '...',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), (tokens) => {
        expect(evaluated({ 'main.tf': tokens.join(' '), 'm/main.tf': tokens.slice(5).join(' ') }).folder).toBe('');
      }),
      { numRuns: 300 },
    );
  });
});
