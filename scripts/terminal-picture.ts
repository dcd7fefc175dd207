// Draws docs/terminal.svg: what `fourproof verify` prints for the insecure example, as a picture for the README.
// `--check` fails when the picture is stale.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_DECISIONS } from '../src/verdict/decisions.ts';
import { verify } from '../src/pipeline.ts';
import { renderTerminal } from '../src/reports/terminal/index.ts';
import { readIamData, readModuleSummaries, readSecretRules, readVersion } from '../src/sources/assets.ts';
import { openWorktree } from '../src/sources/worktree/worktree.ts';
import { materialise } from './materialise-example.ts';

const FILE = join(import.meta.dirname, '../docs/terminal.svg');
const COLUMNS = 100;
const CELL = { width: 7.8, height: 18 };
const PADDING = 16;
const COLOURS: Readonly<Record<string, string>> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
  90: '#8b949e',
};

interface Style {
  readonly colour?: string;
  readonly bold?: boolean;
  readonly dim?: boolean;
}

const svg = draw(await output());
if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== svg) {
    console.error('docs/terminal.svg is stale: run `npm run generate`');
    process.exitCode = 1;
  }
} else {
  writeFileSync(FILE, svg);
}

async function output(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fourproof-picture-'));
  try {
    materialise(['insecure'], join(folder, 'shop'));
    const opened = openWorktree(join(folder, 'shop'));
    if (!opened.ok) throw new Error(opened.why);
    const { result } = await verify({
      tree: opened.tree,
      fallback: { name: 'shop', paths: ['.'] },
      config: { declared: {}, decisions: NO_DECISIONS },
      now: new Date('2026-11-21T00:00:00Z'),
      version: readVersion(),
      secretRules: readSecretRules(),
      terraformModules: readModuleSummaries(),
      iamTexts: readIamData,
    });
    return renderTerminal(result, { columns: COLUMNS, colour: true, unicode: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function draw(text: string): string {
  const lines = ['$ fourproof verify', '', ...text.trimEnd().split('\n')];
  const width = COLUMNS * CELL.width + 2 * PADDING;
  const height = lines.length * CELL.height + 2 * PADDING;
  const rows = lines.map((line, index) => `<text y="${PADDING + (index + 0.75) * CELL.height}">${spans(line)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="fourproof verify in a terminal">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#e6edf3">
${rows.join('\n')}
</g>
</svg>
`;
}

/** Every run of one style starts at its own column, so that fonts without a glyph cannot shift the rest. */
function spans(line: string): string {
  let style: Style = {};
  let column = 0;
  let result = '';
  for (const part of line.split(/(\u001b\[[0-9;]*m)/)) {
    const codes = /^\u001b\[([0-9;]*)m$/.exec(part)?.[1];
    if (codes !== undefined) {
      for (const code of codes.split(';')) style = apply(style, code);
    } else if (part !== '') {
      const shown = part.trim();
      const start = column + part.length - part.trimStart().length;
      const attributes = [
        `x="${(PADDING + start * CELL.width).toFixed(1)}"`,
        `textLength="${(shown.length * CELL.width).toFixed(1)}"`,
        ...(style.colour === undefined ? [] : [`fill="${style.colour}"`]),
        ...(style.bold === true ? ['font-weight="700"'] : []),
        ...(style.dim === true ? ['fill-opacity="0.65"'] : []),
      ];
      if (shown !== '') result += `<tspan ${attributes.join(' ')}>${escape(shown)}</tspan>`;
      column += part.length;
    }
  }
  return result;
}

function apply(style: Style, code: string): Style {
  if (code === '' || code === '0') return {};
  if (code === '1') return { ...style, bold: true };
  if (code === '2') return { ...style, dim: true };
  if (code === '22') return style.colour === undefined ? {} : { colour: style.colour };
  if (code === '39')
    return { ...(style.bold === true ? { bold: true } : {}), ...(style.dim === true ? { dim: true } : {}) };
  const colour = COLOURS[code];
  return colour === undefined ? style : { ...style, colour };
}

function escape(text: string): string {
  return text.replace(/[&<> ]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', ' ': '\u00a0' })[char] ?? char);
}
