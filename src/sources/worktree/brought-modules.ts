import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FileEntry } from '../../model/index.ts';

const MODULES = '.terraform/modules';
/** What a configuration reads of a module; everything else that was brought is left alone. */
const READ = /\.(?:tf|tofu|json|ya?ml|tpl|tftpl|tmpl|txt)$/;
const MOST_FILES = 20_000;
const DEEPEST = 20;

/** Files of the modules that `terraform init` brought beside configurations: git ignores them, and the configurations read them. */
export function broughtModules(root: string, files: readonly FileEntry[]): FileEntry[] {
  const folders = new Set(
    files.filter(({ path }) => /\.(?:tf|tofu)$/.test(path)).map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1)),
  );
  const listed = new Set(files.map((file) => file.path));
  const brought: FileEntry[] = [];
  for (const folder of folders) {
    if (isFile(join(root, folder, MODULES, 'modules.json'))) walk(`${folder}${MODULES}`, 0);
  }
  return brought.sort((a, b) => (a.path < b.path ? -1 : 1));

  function walk(folder: string, depth: number): void {
    if (depth > DEEPEST) return;
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (brought.length >= MOST_FILES) return;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== '.git') walk(path, depth + 1);
      else if (entry.isFile() && READ.test(entry.name) && !listed.has(path)) {
        brought.push({ path, size: lstatSync(join(root, path)).size });
      }
    }
  }
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
