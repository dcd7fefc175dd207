import type { HclFile } from '../../lib/hcl/ast.ts';
import { isUtf8 } from 'node:buffer';
import { decodeText, wideEncoding } from '../../lib/tree-views.ts';
import type { FileTree } from '../../model/index.ts';
import { evaluateTerraform, type Evaluation, type TerraformOptions } from './evaluate.ts';
import { findRoots } from './roots.ts';
import { isConfiguration, terraformSources } from './sources.ts';

/** What all root modules of a tree say. */
export interface TreeEvaluation {
  readonly roots: readonly Evaluation[];
}

/** Files that configurations read besides their own: documents, templates, keys. Others are read as missing. */
const READABLE =
  /(?:\.(?:json|ya?ml|tpl|tftpl|tmpl|template|txt|pem|pub|crt|cer|asc|gpg|b64|sh|conf|cfg|ini|toml|csv|xml|sql|md|rego|py|js|tfvars|hcl))$|\/modules\.json$/i;
const LARGEST = 1_000_000;
const MOST_BYTES = 50_000_000;

/**
 * Evaluates the root modules of a tree, or one of them. Nothing is executed, downloaded or written; a file that is not
 * in the tree, or is too large, is missing for the configuration too.
 */
export async function evaluateTree(
  tree: FileTree,
  options: TerraformOptions & {
    /** One root module; all of them where it is absent. */
    readonly root?: string;
    /** Files that were parsed before, by path. */
    readonly parsed?: ReadonlyMap<string, HclFile>;
  } = {},
): Promise<TreeEvaluation> {
  const configurations = tree.files.filter((file) => isConfiguration(file.path));
  if (configurations.length === 0) return { roots: [] };
  const texts = new Map<string, string>();
  const bytes = new Map<string, Uint8Array>();
  let read = 0;
  for (const { path, size } of [...tree.files, ...(tree.brought ?? [])]) {
    if (!isConfiguration(path) && !READABLE.test(path)) continue;
    if (size > LARGEST || read + size > MOST_BYTES) continue;
    const content = await tree.read(path);
    if (!content.ok) continue;
    read += content.bytes.length;
    texts.set(path, decodeText(content.bytes));
    // Of a text nothing is lost, so that its bytes need not be kept as well.
    if (!isConfiguration(path) && !isPlainText(content.bytes)) bytes.set(path, content.bytes);
  }
  const sources = terraformSources(texts, options.parsed);
  const folders = options.root === undefined ? findRoots(sources) : [options.root];
  const readFile = (path: string): Uint8Array | undefined => bytes.get(path);
  return { roots: folders.map((folder) => evaluateTerraform(folder, sources, { ...options, readFile })) };
}

/** Whether decoding and encoding give the same bytes again: UTF-8 without a mark. */
function isPlainText(bytes: Uint8Array): boolean {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return !hasMark && wideEncoding(bytes) === undefined && isUtf8(bytes);
}
