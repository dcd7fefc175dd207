import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordFinder } from './aho-corasick.ts';

function occurrences(words: readonly string[], text: string): string[] {
  const found: string[] = [];
  wordFinder(words)?.scan(text, (word, end) => found.push(`${words[word] ?? ''}@${end}`));
  return found.sort();
}

describe('wordFinder', () => {
  it('finds overlapping words in any case', () => {
    expect(occurrences(['he', 'she', 'hers', 'his'], 'uSHErs')).toEqual(['he@4', 'hers@6', 'she@4']);
  });

  it('refuses words that it can not hold', () => {
    expect(wordFinder(['é'])).toBeUndefined();
    expect(wordFinder([''])).toBeUndefined();
  });

  it('finds what a plain search finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '_'), minLength: 1, maxLength: 4 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '_', 'é', 'x'), maxLength: 60 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 6 }), text, (words, haystack) => {
        const lower = haystack.toLowerCase();
        const expected = words.flatMap((each) =>
          Array.from(lower).flatMap((_, at) => (lower.startsWith(each, at) ? [`${each}@${at + each.length}`] : [])),
        );
        expect(occurrences(words, haystack)).toEqual(expected.sort());
      }),
    );
  });
});
