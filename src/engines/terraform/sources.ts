import type { HclExpression, HclFile } from '../../lib/hcl/ast.ts';
import { parseHclJson } from '../../lib/hcl/parse-hcl-json.ts';
import { readHcl, readTemplate } from '../../lib/hcl/parse-hcl.ts';
import { readConfiguration, type Configuration } from './configuration.ts';
import { folderOf } from './paths.ts';

/** Configurations and templates of a tree, each parsed once however many roots use it. */
export interface TerraformSources {
  /** Paths below the root with their texts: Terraform's own files and whatever they read. */
  readonly files: ReadonlyMap<string, string>;
  /** Folders that hold `.tf` files. */
  readonly folders: readonly string[];
  configuration(folder: string): Configuration | undefined;
  template(text: string, path: string): HclExpression;
}

/** Indexes the files of a tree; nothing is parsed before it is asked for. */
export function terraformSources(
  files: ReadonlyMap<string, string>,
  parsed: ReadonlyMap<string, HclFile> = new Map(),
): TerraformSources {
  const byFolder = new Map<string, string[]>();
  for (const path of files.keys()) {
    if (!isConfiguration(path)) continue;
    const folder = folderOf(path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), path]);
  }
  const configurations = new Map<string, Configuration>();
  const templates = new Map<string, HclExpression>();
  return {
    files,
    folders: [...byFolder.keys()].sort(),
    configuration(folder) {
      const known = configurations.get(folder);
      const paths = byFolder.get(folder);
      if (known !== undefined || paths === undefined) return known;
      const made = readConfiguration(
        folder,
        chosen(paths).map((path) => parsed.get(path) ?? parse(path, files.get(path) ?? '')),
      );
      configurations.set(folder, made);
      return made;
    },
    template(text, path) {
      const key = `${path}\0${text}`;
      const known = templates.get(key) ?? readTemplate(path, text).template;
      templates.set(key, known);
      return known;
    },
  };
}

/** Whether Terraform or OpenTofu reads the file as configuration. */
export function isConfiguration(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /\.(?:tf|tofu)(?:\.json)?$/.test(name) && !name.startsWith('.') && !name.endsWith('~');
}

/** OpenTofu prefers `x.tofu` to `x.tf`; where both stand, a folder means the one for Terraform. */
function chosen(paths: readonly string[]): string[] {
  return paths.filter(
    (path) => !/\.tofu(?:\.json)?$/.test(path) || !paths.includes(path.replace(/\.tofu(\.json)?$/, '.tf$1')),
  );
}

function parse(path: string, text: string): HclFile {
  return path.endsWith('.json') ? parseHclJson(path, text) : readHcl(path, text);
}
