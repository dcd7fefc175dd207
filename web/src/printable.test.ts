import { describe, expect, it } from 'vitest';
import { printable } from './printable.ts';

describe('printable', () => {
  it('shows what reorders or hides', () => {
    expect(printable('a\u202Eb\u200Bc\u0000d\u2028e')).toBe('a⟨U+202E⟩b⟨U+200B⟩c⟨U+0000⟩d⟨U+2028⟩e');
  });

  it('leaves tabs, letters of any script and emoji alone', () => {
    expect(printable('\tÄ 漢字 עברית ✘ 🙂')).toBe('\tÄ 漢字 עברית ✘ 🙂');
  });

  it('keeps a line break out of what may be copied to a shell', () => {
    expect(printable('true\nrm -rf x')).toBe('true⟨U+000A⟩rm -rf x');
  });

  it('is bounded', () => {
    expect(printable('x'.repeat(1_000_000)).length).toBe(4001);
  });
});
