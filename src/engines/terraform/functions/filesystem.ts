/** File functions: https://developer.hashicorp.com/terraform/language/functions#filesystem-functions. Hashes of files stand in hashing.ts. */

import { posix } from 'node:path';
import { setOf } from '../convert.ts';
import type { FunctionTools, TfFunction } from '../functions.ts';
import { TerraformError, type TfValue } from '../value.ts';
import { bool, define, string, text, unknown, unknownLike } from './define.ts';
import { readBytes, readText, resolvePath } from './files.ts';
import { compileFileGlob } from './file-glob.ts';
import { argumentAt, entriesAt, textAt } from './read.ts';

const ONE = { params: ['string'], gives: 'string' } as const;
const TEMPLATE = { params: ['string', 'any'], unknown: 'never', ownMarks: true } as const;

export const FILESYSTEM: readonly (readonly [string, TfFunction])[] = [
  define('file', ONE, (args, tools) => string(readText(textAt(args, 0), tools), tools)),
  define('filebase64', ONE, (args, tools) =>
    string(Buffer.from(readBytes(textAt(args, 0), tools)).toString('base64'), tools),
  ),
  define('fileexists', { params: ['string'], gives: 'bool' }, (args, tools) =>
    bool(tools.readFile(resolvePath(textAt(args, 0), tools)) !== undefined, tools),
  ),
  define('fileset', { params: ['string', 'string'], gives: { kind: 'set', of: 'string' } }, (args, tools) => {
    const folder = resolvePath(textAt(args, 0), tools);
    const matches = compileFileGlob(textAt(args, 1), (steps) => tools.spend(steps));
    const found = pathsBelow(folder, tools).filter(matches);
    return setOf(
      found.map((path) => text(path, tools.origin)),
      tools,
    );
  }),
  define('templatefile', TEMPLATE, (args, tools) => {
    const path = argumentAt(args, 0);
    if (path.kind === 'unknown') return unknownLike(path, tools);
    const resolved = resolvePath(textAt(args, 0), tools);
    return render(readText(textAt(args, 0), tools), resolved, args, tools);
  }),
  define('templatestring', TEMPLATE, (args, tools) => {
    const template = argumentAt(args, 0);
    if (template.kind === 'unknown') return unknownLike(template, tools);
    return render(textAt(args, 0), tools.origin.at.path, args, tools);
  }),
  define('abspath', ONE, (args, tools) =>
    posix.isAbsolute(textAt(args, 0))
      ? string(posix.normalize(textAt(args, 0)).replace(/(.)\/$/, '$1'), tools)
      : unknown('abspath() depends on where the tree lies', tools, { type: 'string', notNull: true, prefix: '/' }),
  ),
  define('pathexpand', ONE, (args, tools) =>
    textAt(args, 0).startsWith('~')
      ? unknown('pathexpand() depends on the home folder', tools, { type: 'string', notNull: true })
      : string(textAt(args, 0), tools),
  ),
  define('basename', ONE, (args, tools) => {
    const path = textAt(args, 0);
    return string(path === '' ? '.' : posix.basename(path) || '/', tools);
  }),
  define('dirname', ONE, (args, tools) => {
    const path = textAt(args, 0);
    return string(posix.normalize(path.slice(0, path.lastIndexOf('/') + 1)).replace(/(.)\/$/, '$1'), tools);
  }),
];

function render(template: string, path: string, args: readonly TfValue[], tools: FunctionTools): TfValue {
  const variables = argumentAt(args, 1);
  if (variables.kind === 'unknown') return unknownLike(variables, tools);
  if (variables.kind !== 'object') throw new TerraformError('the variables of a template must be a map or object');
  const wrong = [...variables.entries.keys()].find((name) => !/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name));
  if (wrong !== undefined) throw new TerraformError(`invalid template variable name ${JSON.stringify(wrong)}`);
  const result = tools.renderTemplate(template, path, entriesAt(args, 1));
  return args.some((arg) => arg.sensitive === true) ? { ...result, sensitive: true } : result;
}

/** Paths of files relative to the folder. */
function pathsBelow(folder: string, tools: FunctionTools): string[] {
  const start = folder === '' || folder === '.' ? '' : `${folder}/`;
  const paths = tools.listFiles(folder);
  tools.spend(paths.length);
  return paths.flatMap((path) => (path.startsWith(start) ? [path.slice(start.length)] : []));
}
