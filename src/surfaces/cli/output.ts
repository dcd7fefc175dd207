import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../model/index.ts';
import { PACKAGE_ROOT } from '../../sources/assets.ts';
import { CommandFailure } from './exit.ts';

export const FORMATS = ['terminal', 'json', 'sarif', 'markdown', 'html'] as const;
export type Format = (typeof FORMATS)[number];

/** How text is drawn for the person in front: width, colour, marks. */
export function terminalOptions(toFile: boolean): {
  readonly columns: number;
  readonly colour: boolean;
  readonly unicode: boolean;
} {
  const { NO_COLOR, FORCE_COLOR, TERM, LC_ALL, LC_CTYPE, LANG } = process.env;
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0';
  const allowed = (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
  const colour = !toFile && allowed && (forced || process.stdout.isTTY);
  const locale = LC_ALL ?? LC_CTYPE ?? LANG;
  const unicode = locale === undefined || locale === '' || /utf-?8/i.test(locale) || !process.stdout.isTTY;
  return { columns: columnsOf(process.stdout), colour, unicode };
}

/** Node's types promise a width; a pipe has none. */
function columnsOf({ columns }: { readonly columns?: number }): number {
  return columns ?? 100;
}

/** Renders a result; each report is loaded only when it is asked for. */
export async function render(result: Result, format: Format, toFile: boolean): Promise<string> {
  switch (format) {
    case 'terminal':
      return (await import('../../reports/terminal/index.ts')).renderTerminal(result, terminalOptions(toFile));
    case 'json':
      return (await import('../../reports/json.ts')).renderJson(result);
    case 'sarif':
      return (await import('../../reports/sarif/index.ts')).renderSarif(result);
    case 'markdown':
      return (await import('../../reports/markdown/index.ts')).renderMarkdown(result);
    case 'html':
      return (await import('../../reports/html.ts')).renderHtml(result, readTemplate());
  }
}

/** Writes to a file or to stdout. */
export function put(text: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandFailure(`fourproof: ${file} cannot be written: ${String((error as NodeJS.ErrnoException).code)}`);
  }
}

/** The built page of `web/`: in dist after a build, in web/dist when run from the sources. */
function readTemplate(): string {
  const places = ['dist/report.html', 'web/dist/index.html'].map((path) => join(PACKAGE_ROOT, path));
  const found = places.find((path) => existsSync(path));
  if (found === undefined)
    throw new CommandFailure('fourproof: the page of the HTML report is not built: run `npm run build`');
  return readFileSync(found, 'utf8');
}
