/** A step of the way to a part of a JSON text: a name or an index. */
export type JsonStep = string | number;

/** What the scanner tells, in the order of the text; offsets count UTF-16 code units, ends are exclusive. The path is only valid during the call. */
export interface JsonEvents {
  /** Whether what lies below a path is of interest; nothing is told of the rest. */
  enters(path: readonly JsonStep[]): boolean;
  /** A name with its quotes; the path ends with it. */
  name(path: readonly JsonStep[], start: number, end: number): void;
  /** The end of an object, list, or other value. */
  value(path: readonly JsonStep[], start: number, end: number): void;
}

/** A list or an object that is open. */
interface Open {
  readonly start: number;
  readonly isList: boolean;
  /** Whether it is told of. */
  readonly told: boolean;
}

/** Walks over a JSON text that JSON.parse has accepted (RFC 8259), without recursion and in one pass. */
export function scanJson(text: string, events: JsonEvents): void {
  const path: JsonStep[] = [];
  const open: Open[] = [];
  let at = 0;
  let isName = false;
  while (at < text.length) {
    const char = text[at];
    // Most of an indented text is this.
    if (char === ' ' || char === '\n') {
      at++;
      continue;
    }
    const top = open.at(-1);
    switch (char) {
      case '{':
      case '[': {
        const told = top === undefined || (top.told && events.enters(path));
        open.push({ start: at, isList: char === '[', told });
        if (char === '[') path.push(0);
        isName = char === '{';
        at++;
        break;
      }
      case '}':
      case ']':
        // An empty object has no name on the path.
        if (top?.isList === true || !isName) path.pop();
        open.pop();
        isName = false;
        at++;
        if (top !== undefined && (open.at(-1)?.told ?? true)) events.value(path, top.start, at);
        break;
      case ',': {
        const index = path.pop();
        if (top?.isList === true) path.push(typeof index === 'number' ? index + 1 : 0);
        else isName = true;
        at++;
        break;
      }
      case '"': {
        const end = endOfString(text, at);
        if (isName) {
          const token = text.slice(at, end);
          path.push(token.includes('\\') ? decoded(token) : token.slice(1, -1));
          if (top?.told === true) events.name(path, at, end);
          isName = false;
        } else if (top?.told === true) events.value(path, at, end);
        at = end;
        break;
      }
      default:
        at++;
    }
  }
}

/** Beyond the closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let slashes = 0;
    while (quote - slashes - 1 > start && text[quote - slashes - 1] === '\\') slashes++;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

function decoded(token: string): string {
  const value: unknown = JSON.parse(token);
  return typeof value === 'string' ? value : token;
}
