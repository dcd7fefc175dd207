import { describe, expect, it } from 'vitest';
import {
  hostileResult,
  sampleOfTwoProducts,
  sampleResult,
  sampleWithFindings,
} from '../../../web/test/sample-result.ts';
import { THREAT_IDS } from '../../model/index.ts';
import { Budget } from './budget.ts';
import { code, codeBlock, prose } from './escape.ts';
import { renderMarkdown } from './index.ts';

describe('renderMarkdown', () => {
  const text = renderMarkdown(sampleResult());

  it('has a row for each threat', () => {
    const rows = text.split('\n').filter((line) => /^\| [✔✘?–] \|/.test(line));
    expect(rows).toHaveLength(THREAT_IDS.length);
    expect(rows[0]).toBe('| ✘ | **Code: Injection** | ✘ open | ? unknown |');
    expect(rows[3]).toBe('| ✔ | Code: Leaked secrets | ✔ mitigated | ✔ mitigated |');
  });

  it('sums up, shows the best counterexample and folds the rest', () => {
    expect(text).toContain('**3 open · 10 unknown · 1 mitigated · 1 not applicable**');
    expect(text.indexOf('7c20b8e94d11')).toBeLessThan(
      text.indexOf('<details><summary>1 more counterexample</summary>'),
    );
    expect(text.indexOf('19be77aa0c35')).toBeGreaterThan(
      text.indexOf('<details><summary>1 more counterexample</summary>'),
    );
    expect(text).toContain('Accepted: The registry moves to ECR');
    expect(text).toContain('Decided by people: 2 accepted, 1 dismissed.');
    expect(text).toContain('→ <code>aws ecr describe-repositories &#62; ecr-repositories.json</code>');
  });

  it('shows at most ten findings of a threat and says how many there are', () => {
    const many = renderMarkdown(sampleWithFindings(1000));
    expect(many.match(/Reference number \d+ can be moved/g)).toHaveLength(10);
    expect(many).toContain(
      '990 more counterexamples beyond these: <code>fourproof explain container/mutable-images</code>',
    );
  });

  it('tells products apart', () => {
    const two = renderMarkdown(sampleOfTwoProducts());
    expect(two).toContain('#### back office\n\n|  | Threat |');
    expect(two).toContain('#### ✘ shop: Injection');
  });

  it('stays below what a comment holds and says what did not fit', () => {
    const result = sampleResult();
    const verdicts = Array.from({ length: 200 }, (_, index) =>
      result.verdicts.map((verdict) => ({ ...verdict, product: `product ${index}` })),
    ).flat();
    const long = renderMarkdown({ ...result, verdicts });
    expect(long.length).toBeLessThan(65_536);
    expect(long).toMatch(/\d+ parts did not fit into a comment; the JSON result has everything\./);
    expect(long).toContain('**600 open · 2,000 unknown');
    expect(long.match(/<details>/g)?.length ?? 0).toBe(long.match(/<\/details>/g)?.length ?? 0);
  });

  it('keeps hostile text as text', () => {
    const hostile = renderMarkdown(hostileResult());
    expect(hostile).not.toMatch(/<script|<img|<svg|<!--/i);
    expect(hostile).toContain('&#60;img src=x onerror=alert(2)&#62;');
  });
});

describe('prose', () => {
  it.each([
    ['a | b', 'a &#124; b'],
    ['**bold** _it_ ~~no~~', '&#42;&#42;bold&#42;&#42; &#95;it&#95; &#126;&#126;no&#126;&#126;'],
    ['use `a|b` here', 'use <code>a&#124;b</code> here'],
    ['a ` alone', 'a &#96; alone'],
    ['ping @team/x, please', 'ping <code>&#64;team/x</code>, please'],
    ['actions/checkout@v4 moves', '<code>actions/checkout&#64;v4</code> moves'],
    ['see https://evil.example', 'see <code>https&#58;//evil.example</code>'],
    ['www.evil.example', '<code>www&#46;evil.example</code>'],
    ['fixes #12', 'fixes <code>&#35;12</code>'],
    ['deadbeefdeadbeef', '<code>deadbeefdeadbeef</code>'],
    ['- item', '&#45; item'],
    ['12. item', '12&#46; item'],
    ['[x](javascript:alert(1))', '&#91;x&#93;(javascript:alert(1))'],
    ['two\nlines', 'two lines'],
    ['\u001b[31m', '⟨U+001B⟩&#91;31m'],
  ])('makes %j inert', (text, expected) => {
    expect(prose(text)).toBe(expected);
  });

  it('is bounded', () => {
    expect(prose('<'.repeat(100_000)).length).toBeLessThan(4000);
  });
});

describe('code', () => {
  it('holds what Markdown code cannot', () => {
    expect(code('a`|<b>')).toBe('<code>a&#96;&#124;&#60;b&#62;</code>');
  });

  it('holds lines that nothing in them can end', () => {
    expect(codeBlock(['</code></pre>', '', '\tx'])).toBe(
      '<pre><code>&#60;/code&#62;&#60;/pre&#62;\n\n    x\n</code></pre>',
    );
  });
});

describe('Budget', () => {
  it('gives back what fits and counts the rest', () => {
    const budget = new Budget(1600);
    expect(budget.take('x'.repeat(90))).toBe('x'.repeat(90));
    expect(budget.take('x'.repeat(90))).toBeUndefined();
    expect(budget.omitted).toBe(1);
  });
});
