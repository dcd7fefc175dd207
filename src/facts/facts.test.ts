import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { READERS } from './registry.generated.ts';

const HERE = import.meta.dirname;
/** No readers of files: one takes stock by path alone, the other reads a document that stands inside other formats. */
const WITHOUT_READER = ['inventory', 'iam-policy'];
const FORMATS = readdirSync(HERE, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? entry.name : []))
  .filter((name) => !WITHOUT_READER.includes(name))
  .sort();

describe('the formats', () => {
  it('are all registered, and nothing else is', () => {
    expect(READERS.map((reader): string => reader.kind)).toEqual(FORMATS);
  });
});

describe.each(FORMATS)('%s', (format) => {
  const files = readdirSync(join(HERE, format));

  it('has a reader of its name', async () => {
    const module: unknown = await import(pathToFileURL(join(HERE, format, 'reader.ts')).href);
    const exported = new Map<string, unknown>(Object.entries(module ?? {}));
    const name = `${format.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Reader`;
    expect(exported.get(name)).toBe(READERS.find((reader) => reader.kind === format));
    expect(exported.get(name)).toHaveProperty('kind', format);
  });

  it('has a test beside it', () => {
    expect(files.filter((file) => file.endsWith('.test.ts'))).not.toEqual([]);
  });
});
