import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Selector } from '../types.ts';
import { parseCalicoSelector } from './selector.ts';

function selects(text: string, labels: Readonly<Record<string, string>>): boolean {
  const parsed = parseCalicoSelector(text, 'own');
  if (!parsed.ok) throw new Error(parsed.message);
  return holds(parsed.selector, new Map(Object.entries(labels)));
}

function holds(selector: Selector, labels: ReadonlyMap<string, string>): boolean {
  switch (selector.kind) {
    case 'all':
      return true;
    case 'unknown':
      return false;
    case 'not':
      return !holds(selector.item, labels);
    case 'and':
      return selector.items.every((item) => holds(item, labels));
    case 'or':
      return selector.items.some((item) => holds(item, labels));
    case 'label': {
      const { test, key } = selector;
      const value = labels.get(key);
      if (value === undefined) return false;
      if (test.is === 'present') return true;
      if (test.is === 'in') return test.values.includes(value);
      if (test.is === 'contains') return value.includes(test.text);
      return test.is === 'starts' ? value.startsWith(test.text) : value.endsWith(test.text);
    }
  }
}

describe('selectors of Calico', () => {
  it.each([
    ['', {}, true],
    [' \t', { a: 'x' }, true],
    ['all()', {}, true],
    ["k == 'v'", { k: 'v' }, true],
    ["k == 'v'", { k: 'w' }, false],
    ["k != 'v'", {}, true],
    ["k!='v'", { k: 'v' }, false],
    ['k in {\'a\', "b"}', { k: 'b' }, true],
    ['k in {}', { k: 'b' }, false],
    ["k not in {'a'}", {}, true],
    ["k notin {'a'}", { k: 'a' }, false],
    ["k contains 'xd'", { k: 'middle' }, false],
    ["k contains 'dd'", { k: 'middle' }, true],
    ["k starts with 'mi'", { k: 'middle' }, true],
    ["k startswith 'id'", { k: 'middle' }, false],
    ["k ends with 'le'", { k: 'middle' }, true],
    ['has(k)', { k: '' }, true],
    ['! has( k )', {}, true],
    ['!!has(k)', {}, false],
    ["has(a) && has(b) || c == 'd'", { c: 'd' }, true],
    ["has(a) && (has(b) || c == 'd')", { c: 'd' }, false],
    ["! a == 'x' && has(b)", { a: 'y', b: '' }, true],
    ["in == 'x'", { in: 'x' }, true],
    ["a/b.c-d_e == 'x'", { 'a/b.c-d_e': 'x' }, true],
  ])('%s on %j is %s', (text, labels, expected) => {
    expect(selects(text, labels)).toBe(expected);
  });

  it.each([
    'k',
    'k ==',
    "k = 'v'",
    "'v' == k",
    "k == 'v",
    'k in x',
    "k in {'a'",
    '(has(k)',
    'has(k))',
    'has(k) has(j)',
    '!',
    'has()',
    'k & j',
    "k == 'v' &&",
    'k equals j',
    '%',
    'x'.repeat(600),
  ])('refuses %s', (text) => {
    expect(parseCalicoSelector(text, 'own').ok).toBe(false);
  });

  it('looks for inherited labels where they stand', () => {
    const label = (text: string, of: 'own' | 'namespace' | 'account' = 'own'): unknown => {
      const parsed = parseCalicoSelector(text, of);
      return parsed.ok ? parsed.selector : parsed.message;
    };
    expect(label("projectcalico.org/namespace == 'x'")).toMatchObject({
      of: 'namespace',
      key: 'kubernetes.io/metadata.name',
    });
    expect(label('has(pcns.team)')).toMatchObject({ of: 'namespace', key: 'team' });
    expect(label('has(pcsa.role)')).toMatchObject({ of: 'account', key: 'role' });
    expect(label("projectcalico.org/name == 'x'", 'namespace')).toMatchObject({ key: 'kubernetes.io/metadata.name' });
    expect(label('global()', 'namespace')).toMatchObject({ kind: 'not', item: { of: 'namespace' } });
  });

  it('never throws, and bounds depth', () => {
    expect(parseCalicoSelector(`${'('.repeat(5000)}has(a)${')'.repeat(5000)}`, 'own').ok).toBe(false);
    const part = fc.constantFrom(
      'a',
      ' == ',
      "'x'",
      '(',
      ')',
      '!',
      '&&',
      '||',
      ' in ',
      '{',
      '}',
      ',',
      'has(',
      'all()',
      ' not in ',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        parseCalicoSelector(parts.join(''), 'own');
      }),
      { numRuns: 2000 },
    );
  });
});
