import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inert } from '../../lib/inert.ts';
import { cellsOf, stripOf } from './cells.ts';
import { clipped, widthOfLine, type Line } from './line.ts';
import { paperOf } from './paper.ts';
import { cutAt, widthOf } from './width.ts';
import { wrap } from './wrap.ts';

const paper = paperOf({ columns: 80, colour: false, unicode: true });
const textOf = (line: Line): string => line.map(({ text }) => text).join('');

describe('widthOf', () => {
  it.each([
    ['plain', 5],
    ['é', 1],
    ['e\u0301', 1],
    ['漢字', 4],
    ['ﾊﾝｶｸ', 4],
    ['✔ ✘ ? –', 7],
    ['🚀', 2],
    ['', 0],
  ])('counts the cells of %j', (text, cells) => {
    expect(widthOf(text)).toBe(cells);
  });

  it('cuts where the cells end and loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (text, cells) => {
        const { head, rest } = cutAt(text, cells);
        expect(head + rest).toBe(text);
        expect(widthOf(head)).toBeLessThanOrEqual(cells);
      }),
    );
  });
});

describe('inert', () => {
  it('shows what would act or hide', () => {
    expect(inert('\u001b[31mred\u202e')).toBe('⟨U+001B⟩[31mred⟨U+202E⟩');
    expect(inert('a\nb\tc\r\nd')).toBe('a b c d');
    expect(inert('a\rb')).toBe('a⟨U+000D⟩b');
    expect(inert('\ud800')).toBe('⟨U+D800⟩');
  });

  it('is ASCII where the terminal has no more', () => {
    expect(inert('•• → é 漢', false)).toBe('** -> <U+00E9> <U+6F22>');
  });

  it('changes nothing when it is done twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, unicode) => {
        const once = inert(text, unicode);
        expect(inert(once, unicode)).toBe(once);
      }),
    );
  });
});

describe('wrap', () => {
  it('keeps every word and every bound', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 30 })),
        fc.integer({ min: 10, max: 40 }),
        fc.nat(6),
        (words, columns, indent) => {
          const spans = words.map((word) => paper.text(word));
          const lines = wrap(spans, columns, indent);
          for (const line of lines) expect(widthOfLine(line)).toBeLessThanOrEqual(columns);
          const squeezed = (text: string): string => text.replaceAll(' ', '');
          expect(squeezed(lines.map(textOf).join(''))).toBe(squeezed(textOf(spans)));
        },
      ),
    );
  });

  it('breaks a path that is too long after a slash', () => {
    const lines = wrap([paper.text('at one/two/three/four/five.ts:1:1')], 20, 3);
    expect(lines.map(textOf)).toEqual(['at one/two/three/', '   four/five.ts:1:1']);
  });
});

describe('clipped', () => {
  it('marks what it cuts and stays within its width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 40 }), (text, cells) => {
        const span = paper.text(text);
        const line = clipped([span], cells, '…');
        expect(widthOfLine(line)).toBeLessThanOrEqual(cells);
        if (widthOf(span.text) > cells) expect(textOf(line).endsWith(' …')).toBe(true);
        else expect(line).toEqual([span]);
      }),
    );
  });
});

describe('stripOf', () => {
  const strip = (line: string, start: number, end: number, width: number) =>
    stripOf(cellsOf(line, true), start, end, width, '…');
  const marked = (line: string, start: number, end: number, width: number): string => {
    const { text, from, to } = strip(line, start, end, width);
    return `${text}\n${' '.repeat(from)}${'^'.repeat(to - from)}`;
  };

  it('aligns the caret below tabs and wide characters', () => {
    expect(marked('\tif\t(x)', 4, 7, 40)).toBe('    if  (x)\n        ^^^');
    expect(marked('名前: 値段', 4, 6, 40)).toBe('名前: 値段\n      ^^^^');
    expect(marked('a\u001bb', 2, 3, 40)).toBe('a⟨U+001B⟩b\n         ^');
  });

  it('leaves indentation out before it cuts', () => {
    expect(marked(`${' '.repeat(30)}image: nginx`, 37, 42, 20)).toBe('image: nginx\n       ^^^^^');
  });

  it('moves to a range that stands far right', () => {
    expect(marked(`${'x'.repeat(100)}HERE${'y'.repeat(100)}`, 100, 104, 24)).toBe(
      `…${'x'.repeat(7)}HERE${'y'.repeat(11)}…\n        ^^^^`,
    );
  });

  it('stays within its width and in its text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 120 }),
        fc.nat(150),
        fc.nat(150),
        fc.integer({ min: 10, max: 60 }),
        (line, start, end, width) => {
          const { text, from, to } = strip(line, start, Math.max(start, end), width);
          expect(widthOf(text)).toBeLessThanOrEqual(width);
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(Math.max(width, 1));
        },
      ),
      { numRuns: 500 },
    );
  });
});
