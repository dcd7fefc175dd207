import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHcl, readTemplate } from './parse-hcl.ts';

describe('hostile text', () => {
  it.each(['[', '(', '{', '"${', '!', '-', 'b ? c : ', '"${[', 'f(', '{a=', '<<E\n${', '%{if a}'])(
    '%s ten thousand times is refused',
    (piece) => {
      const { errors } = readHcl('a.tf', `a = ${piece.repeat(10_000)}`);
      expect(errors.length).toBeGreaterThan(0);
      expect(readTemplate('a.tf', `\${${piece.repeat(10_000)}`).errors).toHaveLength(1);
    },
  );

  it.each(['.c', ' + 1', '[0]', '[*]', ' == 1'])('a chain of %s does not make a tree of its height', (piece) => {
    expect(readHcl('a.tf', `a = b${piece.repeat(10_000)}\n`).body.attributes[0]?.value.kind).toBe('broken');
    expect(readHcl('a.tf', `a = b${piece.repeat(150)}\n`).errors).toEqual([]);
  });

  it('of blocks inside each other, errors without end and large size is read', () => {
    expect(readHcl('a.tf', 'a {\n'.repeat(10_000)).errors.length).toBeGreaterThan(0);
    expect(readHcl('a.tf', 'a = (\n'.repeat(100_000)).errors.length).toBeLessThan(100);
    expect(readHcl('a.tf', `a = "${'$'.repeat(1_000_000)}"\n`).errors).toEqual([]);
  });

  it('never throws, and never loses an error', () => {
    const unit = fc.constantFrom(
      'a',
      ' ',
      '=',
      '"',
      '${',
      '%{',
      '}',
      '{',
      '[',
      ']',
      '(',
      ')',
      '\n',
      ',',
      '.',
      '*',
      '<<E\n',
      'E\n',
      '#',
      '/*',
      '*/',
      '1',
      'for ',
      'in ',
      ':',
      '?',
      '=>',
      '...',
      '~',
      '\\',
      'é',
      '\ud800',
      '\r\n',
      '::',
      'if ',
      'endif',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        const { body, errors } = readHcl('a.tf', text);
        readTemplate('a.tf', text);
        if (body.attributes.some(({ value }) => value.kind === 'broken')) expect(errors.length).toBeGreaterThan(0);
      }),
      { numRuns: 5000 },
    );
  });
});
