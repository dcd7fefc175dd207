import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Result } from '../model/index.ts';
import { jsonForScript, renderHtml } from './html.ts';

const TEMPLATE = `<head><title>fourproof</title></head><script type="application/json" id="fourproof-result"></script><p>end</p>`;
const EVIL = '</script><script>alert(1)</script>';

function resultOf(name: string): Result {
  return {
    schema: 'fourproof/result/v1',
    tool: { name: 'fourproof', version: '0.0.0' },
    now: '2026-01-01T00:00:00Z',
    digest: 'd',
    products: [{ name, paths: [name] }],
    verdicts: [],
    paths: [],
    inventory: { files: 0, bytes: 0, facts: {}, languages: {} },
    notices: [{ level: 'warning', message: name }],
    timings: {},
  };
}

function dataIn(html: string): unknown {
  const [, rest = ''] = html.split('id="fourproof-result">');
  return JSON.parse(rest.slice(0, rest.indexOf('</script>')));
}

describe('renderHtml', () => {
  it('puts the result and a title into the template', () => {
    const html = renderHtml(resultOf('shop'), TEMPLATE);
    expect(dataIn(html)).toEqual(resultOf('shop'));
    expect(html).toContain('<title>shop · fourproof: no verdict</title>');
    expect(html.endsWith('</script><p>end</p>')).toBe(true);
  });

  it.each([EVIL, '<!--<script>', '\u2028\u2029', '$& $1 $`', '<title>fourproof</title>', TEMPLATE])(
    'keeps %j as text',
    (hostile) => {
      const html = renderHtml(resultOf(hostile), TEMPLATE);
      expect(dataIn(html)).toEqual(resultOf(hostile));
      expect(html.match(/<script/g)).toHaveLength(1);
      expect(html.match(/<title/g)).toHaveLength(1);
      expect(html).not.toContain('\u2028\u2029"');
    },
  );

  it('bounds the title', () => {
    const html = renderHtml(resultOf('x'.repeat(10_000)), TEMPLATE);
    expect(html.slice(html.indexOf('<title>'), html.indexOf('</title>')).length).toBeLessThan(300);
  });

  it('refuses a template without its places', () => {
    expect(() => renderHtml(resultOf('shop'), '<title>fourproof</title>')).toThrow('no <script');
    expect(() => renderHtml(resultOf('shop'), '')).toThrow('no <title>');
  });
});

describe('jsonForScript', () => {
  it('is JSON of the same value and holds nothing that HTML reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const text = jsonForScript(value);
        expect(text).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
