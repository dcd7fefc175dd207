import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** The folder of the package: above src/sources from the sources, above dist from a build. */
export const PACKAGE_ROOT = packageRoot(import.meta.dirname);

/** The texts of our own secret rules. */
export function readSecretRules(): { readonly path: string; readonly text: string }[] {
  const folder = join(PACKAGE_ROOT, 'rules/secrets');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.toml'))
    .sort()
    .map((name) => ({ path: `rules/secrets/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
}

/** The texts of our own summaries of well-known Terraform modules. */
export function readModuleSummaries(): { readonly path: string; readonly text: string }[] {
  const folder = join(PACKAGE_ROOT, 'rules/terraform-modules');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`))
    .filter((path) => path.endsWith('.tf'))
    .sort()
    .map((path) => ({ path: `rules/terraform-modules/${path}`, text: readFileSync(join(folder, path), 'utf8') }));
}

/** The texts of our data about AWS: services with their actions, and the policies that AWS manages. */
export function readIamData(): { readonly services: string; readonly managedPolicies: string } {
  const read = (name: string) =>
    brotliDecompressSync(readFileSync(join(PACKAGE_ROOT, 'rules/iam', name))).toString('utf8');
  return { services: read('services.txt.br'), managedPolicies: read('managed-policies.txt.br') };
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
