import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where each grammar stands when fourproof runs from its sources; a build copies them to dist/assets. */
const GRAMMARS: Readonly<Record<string, string>> = {
  'web-tree-sitter.wasm': 'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-hcl.wasm': '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm',
};

/** The folder of the package: above src/sources from the sources, above dist from a build. */
export const PACKAGE_ROOT = packageRoot(import.meta.dirname);

/** Bytes of a file that ships with fourproof. */
export function readAsset(name: string): Promise<Uint8Array> {
  const built = join(PACKAGE_ROOT, 'dist/assets', name);
  if (existsSync(built)) return Promise.resolve(readFileSync(built));
  const source = GRAMMARS[name];
  if (source === undefined) return Promise.reject(new Error(`fourproof ships no file ${name}; run \`npm run build\``));
  return Promise.resolve(readFileSync(createRequire(import.meta.url).resolve(source)));
}

/** The texts of our own secret rules. */
export function readSecretRules(): { readonly path: string; readonly text: string }[] {
  const folder = join(PACKAGE_ROOT, 'rules/secrets');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.toml'))
    .sort()
    .map((name) => ({ path: `rules/secrets/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
}

/** The version in package.json. */
export function readVersion(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}

function packageRoot(from: string): string {
  for (let at = from; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (at === dirname(at)) throw new Error('fourproof is not installed whole: its package.json is missing');
  }
}
