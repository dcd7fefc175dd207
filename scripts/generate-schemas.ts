/** Writes the published JSON Schemas from the schemas in the code; `--check` fails when one is stale. Run with tsx. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { z } from 'zod';
import { configSchema } from '../src/config/schema.ts';
import { resultSchema } from '../src/reports/result-schema.ts';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

// What is read may hold more than what is known, so a schema is that of its input; free JSON is any value.
const SCHEMAS = [
  { path: 'schemas/result.v1.schema.json', schema: resultSchema },
  { path: 'schemas/fourproof.schema.json', schema: configSchema },
] as const;

let stale = false;
for (const { path, schema } of SCHEMAS) {
  const file = join(root, path);
  const data = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' });
  const text = await format(JSON.stringify(data), { parser: 'json', printWidth: 120 });
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (before === text) continue;
  if (check) {
    console.error(`${path} is stale: run \`npx tsx scripts/generate-schemas.ts\``);
    stale = true;
  } else {
    mkdirSync(join(root, 'schemas'), { recursive: true });
    writeFileSync(file, text);
    console.log(`wrote ${path}`);
  }
}
process.exitCode = stale ? 1 : 0;
