import { createColors } from 'picocolors';
import type { Status } from '../../model/index.ts';
import { clip, inert } from '../../lib/inert.ts';
import { STATUS_MARK } from '../shared/words.ts';
import { joined, trimEnd, type Line, type Span, type Style } from './line.ts';

/** What the terminal can do. */
export interface TerminalOptions {
  /** Width in cells; at least 60 are taken. */
  readonly columns: number;
  readonly colour: boolean;
  /** Whether anything beyond ASCII may be printed. */
  readonly unicode: boolean;
  /** What stands before every path, so that it can be opened from where the person is: the folder as it was named. */
  readonly root?: string;
}

/** What every part of a report writes on: bounds, symbols and paint of one terminal. */
export interface Paper {
  readonly columns: number;
  readonly unicode: boolean;
  readonly root: string;
  readonly symbols: Symbols;
  /** Makes any text of a result inert and bounded. */
  text(text: string, style?: Style): Span;
  paint(lines: readonly Line[]): string;
}

interface Symbols {
  readonly status: Readonly<Record<Status, string>>;
  readonly dot: string;
  readonly arrow: string;
  readonly more: string;
  readonly bar: string;
  readonly top: string;
  readonly bottom: string;
  readonly rule: string;
}

const UNICODE: Symbols = {
  status: STATUS_MARK,
  dot: '·',
  arrow: '→',
  more: '…',
  bar: '│',
  top: '╭─',
  bottom: '╰─',
  rule: '─',
};
const ASCII: Symbols = {
  status: { open: 'x', unknown: '?', mitigated: '+', 'not-applicable': '-' },
  dot: '-',
  arrow: '->',
  more: '...',
  bar: '|',
  top: '-->',
  bottom: '=',
  rule: '-',
};

const FEWEST_COLUMNS = 60;
const MOST_COLUMNS = 1000;
const LONGEST = 4000;

/** The paper for a terminal. */
export function paperOf({ columns, colour, unicode, root }: TerminalOptions): Paper {
  const paints = paintsOf(colour);
  return {
    columns: Math.min(Math.max(FEWEST_COLUMNS, Math.floor(columns) || 0), MOST_COLUMNS),
    unicode,
    root: root === undefined || root === '' || root === '.' ? '' : `${root.replace(/\/+$/, '')}/`,
    symbols: unicode ? UNICODE : ASCII,
    text: (text, style = 'plain') => ({ text: inert(clip(text, LONGEST), unicode), style }),
    paint: (lines) =>
      lines
        .map(
          (line) =>
            `${joined(trimEnd(line))
              .map(({ text, style }) => paints[style](text))
              .join('')}\n`,
        )
        .join(''),
  };
}

function paintsOf(colour: boolean): Readonly<Record<Style, (text: string) => string>> {
  const { bold, dim, red, yellow, green, cyan, magenta } = createColors(colour);
  const plain = (text: string): string => text;
  return {
    plain,
    bold,
    dim,
    'strong-open': (text) => bold(red(text)),
    command: cyan,
    open: red,
    unknown: yellow,
    mitigated: green,
    'not-applicable': dim,
    critical: (text) => bold(magenta(text)),
    high: (text) => bold(red(text)),
    medium: yellow,
    low: cyan,
    info: dim,
  };
}
