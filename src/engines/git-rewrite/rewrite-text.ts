import { readTextObject, writeTextObject, type TextObject } from './object-format.ts';
import type { Replacer } from './replacer.ts';

/** New ids, and what abbreviations stand for. */
export interface Mapping {
  of(id: string): string | undefined;
  abbreviated(text: string): string | undefined;
}

/** A commit or tag that changed. */
export interface ChangedText {
  readonly bytes: Uint8Array;
  /** Whether it had a signature, which is no longer true of it and was taken out. */
  readonly unsigned: boolean;
}

const SIGNATURES = /^(?:gpgsig|gpgsig-sha256|mergetag)(?: |$)/;
const SIGNED_TAG = /-----BEGIN (?:PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----/;
/** Ids and their abbreviations, as git prints them. */
const ID = /(?<![0-9A-Za-z])[0-9a-f]{7,64}(?![0-9A-Za-z])/g;

/** The commit with its new tree and parents and without secrets; undefined when none of these changes. */
export function rewriteCommit(bytes: Uint8Array, mapping: Mapping, replacer: Replacer): ChangedText | undefined {
  return rewrite(bytes, /^(tree|parent) ([0-9a-f]+)$/, mapping, replacer, (text) => {
    const headers = text.headers.filter((line) => !SIGNATURES.test(line));
    return { text: { ...text, headers }, unsigned: text.headers.some((line) => line.startsWith('gpgsig')) };
  });
}

/** The tag with its new object and without secrets; undefined when neither changes. */
export function rewriteTag(bytes: Uint8Array, mapping: Mapping, replacer: Replacer): ChangedText | undefined {
  return rewrite(bytes, /^(object) ([0-9a-f]+)$/, mapping, replacer, (text) => {
    const at = text.rest.search(SIGNED_TAG);
    const headers = text.headers.filter((line) => !SIGNATURES.test(line));
    const rest = at < 0 ? text.rest : text.rest.slice(0, at);
    return { text: { headers, rest }, unsigned: at >= 0 || headers.length < text.headers.length };
  });
}

function rewrite(
  bytes: Uint8Array,
  link: RegExp,
  mapping: Mapping,
  replacer: Replacer,
  unsign: (text: TextObject) => { readonly text: TextObject; readonly unsigned: boolean },
): ChangedText | undefined {
  const original = readTextObject(bytes);
  const headers = original.headers.map((line) => {
    const [, name, id = ''] = link.exec(line) ?? [];
    const now = name === undefined ? undefined : mapping.of(id);
    return name === undefined || now === undefined ? line : `${name} ${now}`;
  });
  const isSame = headers.every((line, at) => line === original.headers[at]);
  if (isSame && replacer.find(bytes).length === 0) return undefined;
  const { text, unsigned } = unsign({ headers, rest: original.rest });
  const rest = text.rest.replace(ID, (id) => {
    const whole = mapping.abbreviated(id);
    const now = whole === undefined ? undefined : mapping.of(whole);
    return now === undefined ? id : now.slice(0, id.length);
  });
  const written = writeTextObject({ headers: text.headers, rest });
  return { bytes: replacer.replace(written) ?? written, unsigned };
}

/** Ids of other commits that a commit names: its parents, and what stands in its message. */
export function namedIn(bytes: Uint8Array): {
  readonly parents: readonly string[];
  readonly mentioned: readonly string[];
} {
  const { headers, rest } = readTextObject(bytes);
  const parents = headers.flatMap((line) => (line.startsWith('parent ') ? [line.slice('parent '.length)] : []));
  return { parents, mentioned: rest.match(ID) ?? [] };
}
