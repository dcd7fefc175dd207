import { joinPath } from './paths.ts';

/** Folders of the modules that `terraform init` brought, by key, from `.terraform/modules/modules.json` of a root folder. */
export function installedModules(folder: string, files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const manifest = files.get(joinPath(folder, '.terraform/modules/modules.json') ?? '');
  const found = new Map<string, string>();
  for (const entry of entriesOf(manifest)) {
    if (typeof entry !== 'object' || entry === null) continue;
    const key = 'Key' in entry ? entry.Key : undefined;
    const directory = 'Dir' in entry ? entry.Dir : undefined;
    if (typeof key !== 'string' || typeof directory !== 'string') continue;
    const path = joinPath(folder, directory);
    if (path !== undefined) found.set(key, path);
  }
  return found;
}

function entriesOf(manifest: string | undefined): readonly unknown[] {
  if (manifest === undefined) return [];
  try {
    const parsed: unknown = JSON.parse(manifest);
    const modules = typeof parsed === 'object' && parsed !== null && 'Modules' in parsed ? parsed.Modules : undefined;
    return Array.isArray(modules) ? modules : [];
  } catch {
    // A manifest that cannot be read brings no module; every one that is called is then named as missing.
    return [];
  }
}
