import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formsOf } from './forms.ts';
import { objectId, readTextObject, readTree, writeTextObject, writeTree, type NewObject } from './object-format.ts';
import { replacerOf } from './replacer.ts';
import { rewriteReflog } from './reflog.ts';
import { Rewriter } from './rewriter.ts';

const SECRET = 'Kestrel/73+"harbour"';
const TOKEN = '***REMOVED***';
const text = (value: string): Uint8Array => Buffer.from(value);
const replacer = replacerOf(formsOf(SECRET, TOKEN));

function rewrite(objects: { readonly blobs?: readonly string[]; readonly notice?: string }): {
  rewriter: Rewriter;
  made: NewObject[];
  ids: string[];
} {
  const made: NewObject[] = [];
  const rewriter = new Rewriter({
    replacer,
    emptied: new Set(),
    notice: text(''),
    idLength: 40,
    known: [],
    emit: (object) => made.push(object),
  });
  const ids = (objects.blobs ?? []).map((blob) => {
    const id = objectId('blob', text(blob), 40);
    rewriter.blob(id, text(blob));
    return id;
  });
  return { rewriter, made, ids };
}

describe('the forms of a secret', () => {
  it.each([
    ['as it is', (s: string) => Buffer.from(s)],
    ['base64 in a longer text', (s: string) => Buffer.from(Buffer.from(`x${s}yz`).toString('base64'))],
    ['base64url', (s: string) => Buffer.from(Buffer.from(`xy${s}`).toString('base64url'))],
    ['hex', (s: string) => Buffer.from(Buffer.from(s).toString('hex').toUpperCase())],
    ['percent', (s: string) => Buffer.from(encodeURIComponent(s))],
    ['UTF-16, little', (s: string) => Buffer.from(s, 'utf16le')],
    ['UTF-16, big', (s: string) => Buffer.from(s, 'utf16le').swap16()],
    ['JSON', (s: string) => Buffer.from(JSON.stringify({ password: s }))],
  ])('are found and replaced: %s', (_, write) => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 40 }), (secret) => {
        fc.pre(Buffer.from(secret).length >= 8 && !/[\ud800-\udfff]/.test(secret));
        const one = replacerOf(formsOf(secret, TOKEN));
        const bytes = Buffer.concat([Buffer.from('before '), write(secret), Buffer.from(' after')]);
        expect(one.find(bytes).length).toBeGreaterThan(0);
        const replaced = one.replace(bytes);
        expect(replaced === undefined ? [] : one.find(replaced)).toEqual([]);
        expect(one.find(Buffer.from('before  after'))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('are the same for many secrets as for one', () => {
    const many = replacerOf([SECRET, 'another-one', 'and-a-third'].flatMap((secret) => formsOf(secret, TOKEN)));
    expect(Buffer.from(many.replace(text(`a ${SECRET} b another-one`)) ?? []).toString()).toBe(`a ${TOKEN} b ${TOKEN}`);
    expect(many.replace(text('nothing'))).toBeUndefined();
  });
});

describe('objects', () => {
  it('are written as they were read', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(Buffer.from(writeTextObject(readTextObject(bytes))).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
    const name = fc.stringMatching(/^[\x01-\x2e\x30-\xff]{1,8}$/);
    const entry = fc.record({
      mode: fc.constantFrom('100644', '40000', '120000', '160000'),
      name,
      id: fc.stringMatching(/^[0-9a-f]{40}$/),
    });
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: (one) => one.name }), (entries) => {
        const written = writeTree(entries);
        const read = readTree(written, 40) ?? [];
        expect(new Set(read.map(({ name }) => name))).toEqual(new Set(entries.map(({ name }) => name)));
        expect(Buffer.from(writeTree(read)).equals(Buffer.from(written))).toBe(true);
      }),
    );
    expect(readTree(text('100644 a'), 40)).toBeUndefined();
  });
});

describe('a rewriting', () => {
  it('changes blobs with secrets, the trees above them and nothing else', () => {
    const { rewriter, made, ids } = rewrite({ blobs: [`p=${SECRET}\n`, 'clean\n'] });
    const inner = writeTree([{ mode: '100644', name: 'a', id: ids[0] ?? '' }]);
    const clean = writeTree([{ mode: '100644', name: 'b', id: ids[1] ?? '' }]);
    const innerId = objectId('tree', inner, 40);
    const cleanId = objectId('tree', clean, 40);
    const outer = writeTree([
      { mode: '40000', name: 'inner', id: innerId },
      { mode: '40000', name: 'clean', id: cleanId },
    ]);
    const outerId = objectId('tree', outer, 40);
    for (const [id, bytes] of [
      [outerId, outer],
      [cleanId, clean],
      [innerId, inner],
    ] as const)
      rewriter.tree(id, bytes);
    expect(rewriter.layers().map((layer) => [...layer])).toEqual([[innerId], [outerId]]);
    rewriter.treeAgain(innerId, inner);
    rewriter.treeAgain(outerId, outer);
    expect([...rewriter.map.keys()]).toEqual([ids[0], innerId, outerId]);
    expect(Buffer.from(made[0]?.bytes ?? []).toString()).toBe(`p=${TOKEN}\n`);
    expect(readTree(made[2]?.bytes ?? text(''), 40)?.map(({ id }) => id)).toEqual([cleanId, rewriter.map.get(innerId)]);
  });

  it('renames what is named by a secret, without hiding another file', () => {
    const { rewriter, made } = rewrite({});
    const id = '0'.repeat(40);
    const slashless = 'Kestrel-73';
    const named = new Rewriter({
      replacer: replacerOf(formsOf(slashless, 'X')),
      emptied: new Set(),
      notice: text(''),
      idLength: 40,
      known: [],
      emit: (object) => made.push(object),
    });
    const tree = writeTree(['X', slashless].map((name) => ({ mode: '100644', name, id })));
    named.tree('t', tree);
    named.treeAgain('t', tree);
    expect(
      readTree(made[0]?.bytes ?? text(''), 40)
        ?.map(({ name }) => name)
        .sort(),
    ).toEqual(['X', 'X-2']);
    expect(rewriter.map.size).toBe(0);
  });

  it('keeps untouched commits, and takes signatures from changed ones only', () => {
    const { rewriter, made, ids } = rewrite({ blobs: [`p=${SECRET}\n`] });
    const signed = (tree: string, parent: string, message: string): Uint8Array =>
      text(`tree ${tree}\n${parent}author A <a> 0 +0000\ngpgsig -----BEGIN\n abc\n\n${message}`);
    const first = signed('1'.repeat(40), '', 'first\n');
    const firstId = objectId('commit', first, 40);
    const second = signed(ids[0] ?? '', `parent ${firstId}\n`, 'second\n');
    const secondId = objectId('commit', second, 40);
    const third = signed('1'.repeat(40), `parent ${secondId}\n`, `reverts ${secondId.slice(0, 10)} and ${firstId}\n`);
    const thirdId = objectId('commit', third, 40);
    const all = new Rewriter({
      replacer,
      emptied: new Set(),
      notice: text(''),
      idLength: 40,
      known: [firstId, secondId, thirdId],
      emit: (one) => made.push(one),
    });
    all.blob(ids[0] ?? '', text(`p=${SECRET}\n`));
    all.commits(
      new Map([
        [thirdId, third],
        [secondId, second],
        [firstId, first],
      ]),
    );
    expect([...all.map.keys()].slice(1)).toEqual([secondId, thirdId]);
    expect(all.unsigned).toEqual([secondId, thirdId]);
    const last = Buffer.from(made.at(-1)?.bytes ?? []).toString();
    const now = all.map.get(secondId) ?? '';
    expect(last).toBe(
      `tree ${'1'.repeat(40)}\nparent ${now}\nauthor A <a> 0 +0000\n\nreverts ${now.slice(0, 10)} and ${firstId}\n`,
    );
    expect(rewriter.unsigned).toEqual([]);
  });

  it('rewrites tags and their signatures, notes and reflogs', () => {
    const { rewriter, ids } = rewrite({ blobs: [`p=${SECRET}\n`] });
    const old = ids[0] ?? '';
    const now = rewriter.map.get(old) ?? '';
    rewriter.tag('f'.repeat(40), text(`object ${old}\ntype blob\ntag v1\n\nwords\n-----BEGIN PGP SIGNATURE-----\nx\n`));
    expect(rewriter.unsigned).toEqual(['f'.repeat(40)]);
    const note = { mode: '100644', name: `${old.slice(0, 2)}/${old.slice(2)}`, id: '2'.repeat(40) };
    expect(rewriter.notes([note])).toBe(objectId('tree', writeTree([{ ...note, name: now }]), 40));
    expect(rewriter.notes([{ ...note, name: '3'.repeat(40) }])).toBeUndefined();
    const log = `${'0'.repeat(40)} ${old} A <a> 0 +0000\tcommit: ${SECRET}\n`;
    expect(Buffer.from(rewriteReflog(text(log), rewriter.map, replacer) ?? []).toString()).toBe(
      `${'0'.repeat(40)} ${now} A <a> 0 +0000\tcommit: ${TOKEN}\n`,
    );
    expect(rewriteReflog(text(`${'0'.repeat(40)} ${'1'.repeat(40)} A\n`), rewriter.map, replacer)).toBeUndefined();
  });
});
