import { describe, expect, it } from 'vitest';
import { itemsOf, plain, textOf, whyUnknown, type YamlNode } from './index.ts';

const at = { path: 'a', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
const hole: YamlNode = { kind: 'scalar', at, value: null, unknown: 'why' };

describe('a scalar that is not known', () => {
  it('is no text, no null and no absence', () => {
    expect(textOf(hole)).toBeUndefined();
    expect(plain(hole)).toBeUndefined();
    expect(itemsOf(hole)).toEqual([hole]);
    expect(whyUnknown(hole)).toBe('why');
    const nothing: YamlNode = { kind: 'scalar', at, value: null };
    expect([whyUnknown(nothing), itemsOf(nothing), plain(nothing)]).toEqual([undefined, [], null]);
  });
});
