/** A stretch of a file that gitleaks looks at on its own: `[from, to)` in bytes. */
export interface Fragment {
  readonly from: number;
  readonly to: number;
  /** Line on which it begins, from 1. */
  readonly startLine: number;
}

/** One read of gitleaks' file source (sources/file.go of 8.30). */
const READ = 100_000;
/** How far it reads on to find an empty line. */
const PEEK = 25_000;
/** Buffer of Go's bufio.Reader: what is left in it comes as a short read. */
const BUFFER = 4096;
const NEWLINE = 0x0a;

/** Cuts a file as gitleaks does in `dir` mode, so that findings at the borders are the same. */
export function fragmentsOf(bytes: Uint8Array): Fragment[] {
  if (bytes.length <= READ) return bytes.length === 0 ? [] : [{ from: 0, to: bytes.length, startLine: 1 }];
  const fragments: Fragment[] = [];
  let lines = 0;
  let from = 0;
  let buffered = 0;
  while (from < bytes.length) {
    const read = Math.min(buffered > 0 ? buffered : READ, bytes.length - from);
    buffered = Math.max(0, buffered - read);
    const boundary = safeBoundary(bytes, from, from + read, buffered);
    buffered = boundary.buffered;
    fragments.push({ from, to: boundary.to, startLine: lines + 1 });
    lines += countLines(bytes, from, boundary.to);
    from = boundary.to;
  }
  return fragments;
}

function safeBoundary(
  bytes: Uint8Array,
  from: number,
  end: number,
  before: number,
): { readonly to: number; readonly buffered: number } {
  if (endsInEmptyLine(bytes, from, end)) return { to: end, buffered: before };
  let to = end;
  let buffered = before;
  let newlines = 0;
  for (;;) {
    const last = bytes[to - 1] ?? 0;
    if (last === NEWLINE) {
      if (++newlines >= 2) break;
    } else if (!isSpace(last)) newlines = 0;
    if (to - end >= PEEK || to >= bytes.length) break;
    if (buffered === 0) buffered = Math.min(BUFFER, bytes.length - to);
    buffered--;
    to++;
  }
  return { to, buffered };
}

function endsInEmptyLine(bytes: Uint8Array, from: number, end: number): boolean {
  let newlines = 0;
  for (let at = end - 1; at >= from && isSpace(bytes[at] ?? 0); at--)
    if (bytes[at] === NEWLINE && ++newlines >= 2) return true;
  return false;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === NEWLINE || byte === 0x0d;
}

function countLines(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0 && at < to; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
