/** A pattern of texts: pieces that stand for themselves, `*` for any number of characters, `?` for one. */
export type Pattern = readonly PatternPiece[];

/** `text` stands for itself, also where it holds `*` or `?`. */
export type PatternPiece = { readonly text: string } | { readonly wild: '*' | '?' };

/** Whether a text is one of those that a pattern describes, from end to end. */
export type Matches = (text: string) => boolean;

/** What stands between two `*`. `open[i]` says that any character may stand at i. */
interface Run {
  readonly text: string;
  readonly open: readonly boolean[] | undefined;
}

/** The pattern of a text in which `*` and `?` are wildcards. */
export function wildcards(text: string): Pattern {
  return text
    .split(/([*?])/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece === '*' || piece === '?' ? { wild: piece } : { text: piece }));
}

/** Compiles a pattern. Matching takes at most the product of both lengths: after each `*` the first fit is as good as any. */
export function compilePattern(pattern: Pattern): Matches {
  const runs = runsOf(pattern);
  const [first] = runs;
  const last = runs.at(-1);
  if (first === undefined || last === undefined) return (text) => text === '';
  if (runs.length === 1) return (text) => text.length === first.text.length && fits(first, text, 0);
  const middle = runs.slice(1, -1).filter((run) => run.text !== '');
  const shortest = first.text.length + last.text.length;
  return (text) => {
    const end = text.length - last.text.length;
    if (text.length < shortest || !fits(first, text, 0) || !fits(last, text, end)) return false;
    let at = first.text.length;
    for (const run of middle) {
      const found = find(run, text, at);
      if (found < 0) return false;
      at = found + run.text.length;
    }
    return at <= end;
  };
}

function runsOf(pattern: Pattern): Run[] {
  const runs: Run[] = [];
  let text = '';
  let open: boolean[] = [];
  const close = () => {
    runs.push({ text, open: open.includes(true) ? open : undefined });
    text = '';
    open = [];
  };
  for (const piece of pattern) {
    if ('text' in piece) {
      text += piece.text;
      for (let at = 0; at < piece.text.length; at++) open.push(false);
    } else if (piece.wild === '?') {
      text += '?';
      open.push(true);
    } else close();
  }
  close();
  return runs;
}

function fits({ text: wanted, open }: Run, text: string, at: number): boolean {
  if (open === undefined) return text.startsWith(wanted, at);
  if (at + wanted.length > text.length) return false;
  for (let index = 0; index < wanted.length; index++) {
    if (open[index] !== true && text.charCodeAt(at + index) !== wanted.charCodeAt(index)) return false;
  }
  return true;
}

function find(run: Run, text: string, from: number): number {
  if (run.open === undefined) return text.indexOf(run.text, from);
  for (let at = from; at + run.text.length <= text.length; at++) if (fits(run, text, at)) return at;
  return -1;
}
