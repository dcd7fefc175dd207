import { Language, Parser } from 'web-tree-sitter';

let parser: Promise<Parser> | undefined;

/** The HCL parser, loaded once in a process. `asset` gives the bytes of the two WebAssembly files. */
export function hclGrammar(asset: (name: string) => Promise<Uint8Array>): Promise<Parser> {
  parser ??= load(asset);
  return parser;
}

async function load(asset: (name: string) => Promise<Uint8Array>): Promise<Parser> {
  await Parser.init({ wasmBinary: await asset('web-tree-sitter.wasm') });
  const loaded = new Parser();
  loaded.setLanguage(await Language.load(await asset('tree-sitter-hcl.wasm')));
  return loaded;
}
