import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWithHoles } from './holes.ts';

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

describe('textWithHoles', () => {
  it('marks what is not known', () => {
    const read = textWithHoles('a: x\\[[\\s\\S]*\\]\nb: (?:[0-9]{12}|(?:a\\)))y');
    expect(read).toEqual({ text: 'a: x[unknownPart]\nb: unknownParty', mark: 'unknownPart' });
  });

  it.each(['a.*', '[a-z]', 'a|b', '(?:x)*', '\\d', undefined, 'a: 1\n[\\s\\S]*\nb: 2', '[\\s\\S]*', '(a'])(
    'refuses %j',
    (pattern) => {
      expect(textWithHoles(pattern)).toBeUndefined();
    },
  );

  it('gives back every text around a hole, with a mark that is not part of it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const read = textWithHoles(`k${escaped(before)}[\\s\\S]*${escaped(after)}k`);
        if (read === undefined) return;
        expect(read.text.split(read.mark)).toEqual([`k${before}`, `${after}k`]);
      }),
    );
  });
});
