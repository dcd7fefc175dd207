import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { child, descend, parseYaml, plain, textOf, type YamlNode } from './index.ts';

function root(text: string): YamlNode | undefined {
  const [document] = parseYaml('a.yaml', text);
  if (document?.ok !== true) throw new Error(`not parsed: ${document?.message ?? 'no document'}`);
  return document.root;
}

describe('parseYaml', () => {
  it('keeps the place and the route of every node', () => {
    const node = descend(
      root('jobs:\n  build:\n    steps:\n      - uses: a/b@v1 # note\n'),
      'jobs',
      'build',
      'steps',
      0,
      'uses',
    );
    expect(textOf(node)).toBe('a/b@v1');
    expect(node?.at).toEqual({
      path: 'a.yaml',
      startLine: 4,
      startColumn: 15,
      endLine: 4,
      endColumn: 21,
      route: 'jobs.build.steps[0].uses',
    });
  });

  it('reads each document of a stream with places in the whole text', () => {
    const documents = parseYaml('a.yaml', '# head\n---\na: 1\n---\n# only a comment\n---\nb: |\n  x\n  y\n');
    expect(documents.map((document) => document.ok && plain(document.root))).toEqual([{ a: 1 }, { b: 'x\ny\n' }]);
    expect(documents[1]?.ok === true && child(documents[1].root, 'b')?.at.startLine).toBe(7);
  });

  it('reports a broken document and still reads the others', () => {
    const documents = parseYaml('a.yaml', 'a: 1\n---\nb: [1\nc: }\n---\nd: 2\n');
    expect(documents.map((document) => document.ok)).toEqual([true, false, true]);
    expect(documents[1]?.at.startLine).toBeGreaterThanOrEqual(3);
  });

  it('follows aliases and merge keys, own keys win', () => {
    expect(plain(root('base: &b {x: 1, y: 2}\nmine:\n  <<: *b\n  y: 3\n'))).toEqual({
      base: { x: 1, y: 2 },
      mine: { x: 1, y: 3 },
    });
  });

  it('refuses alias bombs, cycles and deep nesting with a message', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 10; level++)
      bomb.push(
        `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    expect(parseYaml('a.yaml', bomb.join('\n'))[0]).toMatchObject({
      ok: false,
      message: expect.stringContaining('nodes') as string,
    });
    expect(parseYaml('a.yaml', 'a: &a\n  b: *a\n')[0]?.ok).toBe(false);
    expect(parseYaml('a.yaml', '['.repeat(10_000))[0]?.ok).toBe(false);
    expect(parseYaml('a.yaml', '- '.repeat(10_000))[0]?.ok).toBe(false);
    expect(
      parseYaml(
        'a.yaml',
        Array.from({ length: 10_000 }, (_, depth) => `${' '.repeat(Math.min(depth, 9000))}a:`).join('\n'),
      )[0]?.ok,
    ).toBe(false);
  });

  it('keeps keys that are special in JavaScript harmless', () => {
    const value = plain(root('__proto__: {polluted: 1}\nconstructor: 2\n')) as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            'a',
            ': ',
            '- ',
            '\n',
            ' ',
            '[',
            ']',
            '{',
            '}',
            '&a ',
            '*a ',
            '|',
            '>',
            '"',
            "'",
            '#',
            '---\n',
            '%',
            '!',
            '?',
            '<<: ',
            '\t',
            '\u0000',
            'é',
          ),
          maxLength: 40,
        }),
        (text) => {
          parseYaml('a.yaml', text);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
