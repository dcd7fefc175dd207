/** The language of `helm --set`, in which `set` blocks are read: https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set. */

/** A value that is set: a text as written, or a list of them. */
export type SetValue = string | readonly string[];

/** One assignment: the path of keys and indices, and the value. */
export interface Assignment {
  readonly path: readonly (string | number)[];
  readonly value: SetValue;
}

const LARGEST_INDEX = 65_536;
const DEEPEST = 30;

/** Reads a path: `a.b\.c[0].d`; undefined where it is none. */
export function parseSetPath(text: string): readonly (string | number)[] | undefined {
  const path: (string | number)[] = [];
  let key = '';
  let open = true;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '\\') key += text[++at] ?? '';
    else if (char === '.') {
      if (open) path.push(key);
      key = '';
      open = true;
    } else if (char === '[') {
      const end = text.indexOf(']', at);
      const index = end < 0 ? '' : text.slice(at + 1, end).trim();
      if (!/^\d+$/.test(index) || Number(index) > LARGEST_INDEX) return undefined;
      if (open) path.push(key);
      path.push(Number(index));
      key = '';
      open = false;
      at = end;
    } else if (!open) return undefined;
    else key += char;
  }
  if (open) path.push(key);
  return path.length > DEEPEST || path.some((step) => step === '') ? undefined : path;
}

/** Reads what stands behind `name=`: a value, `{a,b}`, or several assignments, as the commas of a value divide it. */
export function parseSet(name: string, value: string): readonly Assignment[] | undefined {
  const assignments: Assignment[] = [];
  let path = parseSetPath(name);
  let rest = value;
  while (path !== undefined) {
    const { read, next } = rest.startsWith('{') ? listOf(rest) : { ...upTo(rest, ',') };
    if (read === undefined) return undefined;
    assignments.push({ path, value: read });
    if (next === undefined) return assignments;
    const { read: written, next: after } = upTo(next, '=');
    if (after === undefined) return undefined;
    path = parseSetPath(written);
    rest = after;
  }
  return undefined;
}

interface Read<T> {
  readonly read: T;
  /** What stands behind the separator; undefined at the end. */
  readonly next: string | undefined;
}

function upTo(text: string, end: string): Read<string> {
  let read = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === end) return { read, next: text.slice(at + 1) };
    // A path keeps its escapes for the reader of paths.
    if (char === '\\' && end === ',') read += text[++at] ?? '';
    else if (char === '\\') read += char + (text[++at] ?? '');
    else read += char;
  }
  return { read, next: undefined };
}

function listOf(text: string): Read<readonly string[] | undefined> {
  const items: string[] = [];
  let item = '';
  for (let at = 1; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '\\') item += text[++at] ?? '';
    else if (char === ',') {
      items.push(item);
      item = '';
    } else if (char === '}') {
      const rest = text.slice(at + 1);
      if (item !== '' || items.length > 0) items.push(item);
      if (rest !== '' && !rest.startsWith(',')) return { read: undefined, next: undefined };
      return { read: items, next: rest === '' ? undefined : rest.slice(1) };
    } else item += char;
  }
  return { read: undefined, next: undefined };
}
