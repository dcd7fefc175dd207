import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FunctionTools } from '../functions.ts';
import { TerraformBudget, TerraformError, type Origin, type TfValue } from '../value.ts';
import { FUNCTIONS } from './index.ts';
import { fromTyped, toTyped, type Typed } from '../../../../test/terraform/typed-json.ts';

const HERE: Origin = { at: place(1), what: 'literal' };
const CALL: Origin = { at: place(9), what: 'call()', from: [HERE] };

/** All but `try` and `can`, as `terraform metadata functions` of 1.11 lists them. */
const NAMES =
  'abs abspath alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512 basename bcrypt ceil chomp chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat contains csvdecode dirname distinct element endswith ephemeralasnull file filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 fileset filesha1 filesha256 filesha512 flatten floor format formatdate formatlist indent index issensitive join jsondecode jsonencode keys length list log lookup lower map matchkeys max md5 merge min nonsensitive one parseint pathexpand plantimestamp pow range regex regexall replace reverse rsadecrypt sensitive setintersection setproduct setsubtract setunion sha1 sha256 sha512 signum slice sort split startswith strcontains strrev substr sum templatefile templatestring textdecodebase64 textencodebase64 timeadd timecmp timestamp title tobool tolist tomap tonumber toset tostring transpose trim trimprefix trimspace trimsuffix upper urlencode uuid uuidv5 values yamldecode yamlencode zipmap'.split(
    ' ',
  );

describe('FUNCTIONS', () => {
  it('has every function, also under core::, and those of the builtin provider', () => {
    const own = [...FUNCTIONS.keys()].filter((name) => !name.includes('::'));
    expect(own.sort()).toEqual([...NAMES].sort());
    for (const name of NAMES) expect(FUNCTIONS.has(`core::${name}`)).toBe(true);
    expect([...FUNCTIONS.keys()].filter((name) => name.startsWith('provider::'))).toHaveLength(3);
  });

  it('gives results the origin of the call, and keeps that of what is only picked', () => {
    expect(call('upper', 'a').origin).toBe(CALL);
    const list: Typed = ['a', 'b'];
    expect(call('element', list, 1).origin).toBe(HERE);
    expect(call('lookup', { a: 1 }, 'a', 2).origin).toBe(HERE);
    expect(call('coalesce', '', 'b').origin).toBe(HERE);
    const merged = call('merge', { a: 1 }, { b: 2 });
    expect(merged.origin).toBe(CALL);
    expect(merged.kind === 'object' && merged.entries.get('b')?.origin).toBe(HERE);
    const flat = call('flatten', [['a'], ['b']]);
    expect(flat.kind === 'list' && flat.items[1]?.origin).toBe(HERE);
  });

  it('marks results of sensitive arguments, whole or in parts', () => {
    const secret: Typed = { $sensitive: 's' };
    expect(call('upper', secret).sensitive).toBe(true);
    expect(call('jsonencode', { a: secret }).sensitive).toBe(true);
    expect(call('join', ',', ['a', secret]).sensitive).toBe(true);
    expect(call('merge', { a: secret }, { b: 1 }).sensitive).toBeUndefined();
    expect(call('element', ['a', secret], 0).sensitive).toBeUndefined();
    expect(call('element', { $sensitive: ['a'] }, 0).sensitive).toBe(true);
    expect(call('lookup', { $sensitive: { a: 1 } }, 'a').sensitive).toBe(true);
    expect(call('toset', [secret]).sensitive).toBe(true);
    expect(call('nonsensitive', secret).sensitive).toBe(false);
    expect(toTyped(call('issensitive', secret))).toBe(true);
    expect(call('sha256', { $unknown: true }).sensitive).toBeUndefined();
    expect(call('upper', { $sensitive: { $unknown: true } }).sensitive).toBe(true);
  });

  it('gives unknowns the reason of their cause, and what is certain all the same', () => {
    const hole: Typed = { $unknown: 'string' };
    expect(call('upper', hole)).toMatchObject({
      kind: 'unknown',
      why: 'known after apply',
      constraint: { type: 'string' },
    });
    expect(call('jsonencode', { a: 'x', b: hole, c: 1 })).toMatchObject({
      constraint: { type: 'string', notNull: true, prefix: '{"a":"x","b":"' },
    });
    expect(call('jsonencode', { a: { $unknown: true } })).toMatchObject({ constraint: { prefix: '{"a":' } });
    expect(call('format', 'arn:%s:%s/x', 'aws', hole)).toMatchObject({ constraint: { prefix: 'arn:aws:' } });
    expect(call('join', '/', ['a', 'b', hole])).toMatchObject({ constraint: { prefix: 'a/b/' } });
    expect(call('timestamp')).toMatchObject({ kind: 'unknown', why: 'timestamp() is the time of the run' });
    for (const name of ['plantimestamp', 'uuid']) expect(call(name).kind).toBe('unknown');
    expect(call('bcrypt', 'x', 10).kind).toBe('unknown');
    expect(call('rsadecrypt', 'x', 'y').kind).toBe('unknown');
    expect(call('base64gzip', 'x').kind).toBe('unknown');
    expect(call('abspath', 'x').kind).toBe('unknown');
    expect(call('pathexpand', '~/x').kind).toBe('unknown');
    expect(call('provider::terraform::decode_tfvars', 'a = 1').kind).toBe('unknown');
  });

  it('refuses files outside the tree, and names those that are missing', () => {
    expect(() => call('file', '../../etc/passwd')).toThrow(/outside the tree/);
    expect(() => call('file', '/etc/passwd')).toThrow(TerraformError);
    expect(() => call('file', '~/.aws/credentials')).toThrow(/outside the tree/);
    expect(() => call('file', 'gone.txt')).toThrow(/"live\/gone.txt"/);
    expect(toTyped(call('file', '../shared/a.txt'))).toBe('shared');
    expect(toTyped(call('templatefile', 't.tftpl', { name: 'x' }))).toBe('live/t.tftpl: Hi ${name} name');
    expect(() => call('templatefile', 't.tftpl', { 'a b': 1 })).toThrow(/variable name/);
    expect(toTyped(call('templatestring', 'Hi', {}))).toBe('main.tf: Hi ');
    expect(toTyped(call('fileset', '.', '*'))).toEqual({ $set: ['t.tftpl'] });
  });

  it('pays for what it makes', () => {
    const text = 'x'.repeat(100_000);
    for (const [name, ...args] of [
      ['join', text, Array<string>(1000).fill('a')],
      ['replace', text, '', text],
      ['format', '%[1]s'.repeat(1000), text],
      ['indent', 10_000_000, 'a\nb'],
      ['setproduct', ...Array<number[]>(8).fill([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])],
      ['regexall', '(a)'.repeat(50), 'a'.repeat(100_000)],
    ] as const) {
      expect(() => call(name, ...(args as Typed[])), name).toThrow(TerraformBudget);
    }
  });

  it('does not go through values that share parts without end', () => {
    let value: TfValue = { kind: 'string', origin: HERE, value: 'x' };
    for (let level = 0; level < 40; level++) {
      value = { kind: 'list', origin: HERE, isSet: false, items: [value, value, value, value] };
    }
    for (const name of ['length', 'flatten', 'tolist', 'toset', 'jsonencode', 'distinct']) {
      expect(() => callWith(name, [value]), name).toThrow(TerraformBudget);
    }
    expect(() => call('yamldecode', bomb())).toThrow(TerraformBudget);
  });

  it('reads hostile documents without harm', () => {
    expect(() => call('jsondecode', '['.repeat(100_000))).toThrow(TerraformError);
    expect(() => call('yamldecode', '['.repeat(100_000))).toThrow(TerraformError);
    expect(() => call('yamldecode', '- '.repeat(10_000))).toThrow(TerraformError);
    const decoded = call('jsondecode', '{"__proto__": {"polluted": 1}}');
    expect(decoded.kind === 'object' && [...decoded.entries.keys()]).toEqual(['__proto__']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('laws', () => {
  const typed = fc.letrec<{ value: Typed }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text).toString().normalize('NFC')),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.string({ maxLength: 5 }).filter((key) => key !== '__proto__' && !key.startsWith('$')),
        tie('value'),
        {
          maxKeys: 4,
          noNullPrototype: true,
        },
      ),
    ),
  })).value;

  it('decodes what it encodes', () => {
    fc.assert(
      fc.property(typed, (value) => {
        const json = call('jsonencode', value);
        expect(toTyped(callWith('jsondecode', [json]))).toEqual(value);
        expect(JSON.parse(textOf(json))).toEqual(value);
      }),
    );
    fc.assert(
      fc.property(
        typed.filter((value) => !hasTrickyText(value)),
        (value) => {
          expect(toTyped(callWith('yamldecode', [call('yamlencode', value)]))).toEqual(value);
        },
      ),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const normal = text.normalize('NFC');
        expect(toTyped(callWith('base64decode', [call('base64encode', normal)]))).toBe(normal);
        expect(decodeURIComponent(textOf(call('urlencode', normal)).replaceAll('+', ' '))).toBe(normal);
      }),
    );
  });

  it('sorts by UTF-8 bytes, and sets as lists', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.normalize('NFC')));
    fc.assert(
      fc.property(texts, (items) => {
        const sorted = [...items].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(toTyped(call('sort', items))).toEqual(sorted);
        expect(toTyped(call('toset', items))).toEqual({ $set: [...new Set(sorted)] });
        expect(toTyped(call('reverse', toTyped(call('reverse', items))))).toEqual(items);
        expect(toTyped(call('split', '\u0000', textOf(call('join', '\u0000', items))))).toEqual(
          items.length === 0 ? [''] : items.join('\u0000').split('\u0000'),
        );
      }),
    );
  });

  it('cuts networks into parts that lie side by side', () => {
    fc.assert(
      fc.property(
        fc.nat(0xffffffff),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 8 }),
        (address, length, more) => {
          const prefix = `${[24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.')}/${length}`;
          const first = textOf(call('cidrsubnet', prefix, more, 0));
          expect(toTyped(call('cidrsubnets', prefix, more))).toEqual([first]);
          expect(toTyped(call('cidrhost', first, 0))).toBe(toTyped(call('cidrhost', prefix, 0)));
        },
      ),
    );
  });

  it('never fails but with the errors it announces', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FUNCTIONS.keys()), fc.array(typed, { maxLength: 4 }), (name, args) => {
        try {
          call(name, ...args);
        } catch (error) {
          if (!(error instanceof TerraformError) && !(error instanceof TerraformBudget)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });
});

/** A merge key is none of its own; the emitter's and the parser's line ends beyond `\n` don't match; nor do bytes that are no text. */
function hasTrickyText(value: Typed): boolean {
  return /<<|\\r|[\u0085\u2028\u2029\ufeff\ufffe\uffff]/.test(JSON.stringify(value));
}

function textOf(value: TfValue): string {
  return value.kind === 'string' ? value.value : '';
}

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 12; level++) {
    lines.push(
      `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  }
  return lines.join('\n');
}

function call(name: string, ...args: readonly Typed[]): TfValue {
  return callWith(
    name,
    args.map((arg) => fromTyped(arg, HERE)),
  );
}

function callWith(name: string, args: readonly TfValue[]): TfValue {
  const run = FUNCTIONS.get(name);
  if (run === undefined) throw new Error(`no function ${name}`);
  return run(args, tools());
}

function tools(): FunctionTools {
  const files = new Map([
    ['live/t.tftpl', 'Hi ${name}'],
    ['shared/a.txt', 'shared'],
  ]);
  let left = 2_000_000;
  return {
    origin: CALL,
    readFile: (path) => (files.has(path) ? Buffer.from(files.get(path) ?? '') : undefined),
    listFiles: (folder) => [...files.keys()].filter((path) => path.startsWith(`${folder}/`)),
    moduleFolder: 'live',
    rootFolder: 'live',
    renderTemplate: (text, path, variables) => ({
      kind: 'string',
      origin: CALL,
      value: `${path}: ${text} ${[...variables.keys()].join(',')}`,
    }),
    spend: (steps) => {
      left -= steps;
      if (left < 0) throw new TerraformBudget('too many steps');
    },
  };
}

function place(line: number): Origin['at'] {
  return { path: 'main.tf', startLine: line, startColumn: 1, endLine: line, endColumn: 2 };
}
