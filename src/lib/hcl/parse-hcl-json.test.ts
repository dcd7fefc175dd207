import { describe, expect, it } from 'vitest';
import { parseHclJson, parseTfvarsJson } from './parse-hcl-json.ts';
import { readHcl } from './parse-hcl.ts';

const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** Without places, and with a plain string as the template that the native syntax makes of it. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([field]) => !/at$/i.test(field))
      .map(([field, inner]) => [field, bare(inner)]),
  );
}

describe('parseHclJson', () => {
  it('gives the tree of the native syntax', () => {
    const text = json({
      '//': 'a comment',
      resource: {
        aws_iam_role: {
          r: {
            name: 'x-${var.a}',
            count: 2,
            big: 1,
            tags: { A: '${local.b}', '${var.k}': null },
            depends_on: ['aws_x.y'],
            lifecycle: { ignore_changes: ['tags'] },
            dynamic: { statement: [{ for_each: '${var.l}', content: { a: '${statement.value}' } }] },
          },
        },
      },
      variable: { v: { type: 'list(string)', default: ['${not a template}'] } },
      terraform: { required_providers: { aws: { source: 'hashicorp/aws' } } },
    });
    const native = readHcl(
      'a.tf',
      `resource "aws_iam_role" "r" {
  name  = "x-\${var.a}"
  count = 2
  big   = 1
  tags  = { "A" = "\${local.b}", "\${var.k}" = null }
  depends_on = [aws_x.y]
  lifecycle {
    ignore_changes = [tags]
  }
  dynamic "statement" {
    for_each = "\${var.l}"
    content {
      a = "\${statement.value}"
    }
  }
}
`,
    );
    const { body, errors } = parseHclJson('a.tf.json', text);
    expect(errors).toEqual([]);
    expect(bare(body.blocks[0])).toEqual(bare(native.body.blocks[0]));
    expect(bare(body.blocks[1])).toMatchObject({
      type: 'variable',
      labels: ['v'],
      body: {
        attributes: [
          { name: 'type', value: { kind: 'call', name: 'list' } },
          { name: 'default', value: { items: [{ kind: 'literal', value: '${not a template}' }] } },
        ],
      },
    });
    expect(body.blocks[2]?.body.blocks[0]).toMatchObject({
      type: 'required_providers',
      body: { attributes: [{ name: 'aws' }] },
    });
  });

  it('has the place of every part of a string, and that of the string where it has escapes', () => {
    const { body } = parseHclJson(
      'a.tf.json',
      '{\n\t"locals": {"é": "😀${a.b}", "c": "\\n${d}", "n": 12345678901234567890, "f": -1.5}\n}\n',
    );
    const [first, second, third, fourth] = body.blocks[0]?.body.attributes ?? [];
    expect(first?.value).toMatchObject({
      parts: [
        { at: { startLine: 2, startColumn: 19, endColumn: 21 } },
        { expression: { at: { startColumn: 23, endColumn: 26 } } },
      ],
    });
    expect(second?.value).toMatchObject({
      parts: [{ text: '\n' }, { expression: { at: { startColumn: 35, endColumn: 43 } } }],
    });
    expect(third?.value).toMatchObject({ value: 12345678901234567890n });
    expect(fourth?.value).toMatchObject({ value: -1.5 });
  });

  it('takes lists of objects for several blocks, at every level', () => {
    const { body } = parseHclJson(
      'a.tf.json',
      json([{ data: { aws_iam_policy_document: [{ d: [{ statement: [{ sid: 'a' }, { sid: 'b' }] }] }, { e: {} }] } }]),
    );
    expect(body.blocks.map(({ labels }) => labels[1])).toEqual(['d', 'e']);
    expect(body.blocks[0]?.body.blocks.map(({ type }) => type)).toEqual(['statement', 'statement']);
  });

  it('asks which names of a provider are blocks', () => {
    const text = json({ resource: { a: { b: { mine: { c: 1 } } } } });
    expect(parseHclJson('a.tf.json', text).body.blocks[0]?.body.attributes[0]?.name).toBe('mine');
    expect(parseHclJson('a.tf.json', text, (name) => name === 'mine').body.blocks[0]?.body.blocks[0]?.type).toBe(
      'mine',
    );
  });

  it.each([
    '',
    '{',
    '{a: 1}',
    '{"resource": 1}',
    '{"locals": {"a": "${"}}',
    '{"locals": {"a": 1, "a": 2}}',
    '{"a":'.repeat(10_000),
    '---\n{}\n---\n{}',
  ])('says what is wrong with %s', (text) => {
    expect(parseHclJson('a.tf.json', text).errors.length).toBeGreaterThan(0);
  });

  it('keeps keys that are special in JavaScript harmless', () => {
    const { body } = parseHclJson('a.tf.json', '{"locals": {"__proto__": {"constructor": 1}}}');
    expect(body.blocks[0]?.body.attributes[0]).toMatchObject({
      name: '__proto__',
      value: { entries: [{ key: { parts: [{ text: 'constructor' }] } }] },
    });
  });
});

describe('parseTfvarsJson', () => {
  it('takes strings as they are', () => {
    expect(parseTfvarsJson('a.tfvars.json', '{"a": "${b}", "resource": {"c": ["d"]}}').body).toMatchObject({
      blocks: [],
      attributes: [{ value: { kind: 'literal', value: '${b}' } }, { name: 'resource', value: { kind: 'object' } }],
    });
  });
});
