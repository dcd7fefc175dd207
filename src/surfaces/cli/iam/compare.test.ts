import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../../test/run-cli.ts';

const DOCS = readFileSync(join(import.meta.dirname, '../../../../docs/iam.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'fourproof-compare-'));
const file = (name: string, action: string): string => {
  const path = join(folder, name);
  const statement = { Effect: 'Allow', Action: action, Resource: 'arn:aws:s3:::reports/*' };
  writeFileSync(path, JSON.stringify({ Version: '2012-10-17', Statement: statement }));
  return path;
};
const wide = file('a.json', 's3:Get*');
const narrow = file('b.json', 's3:GetObject');
afterAll(() => rmSync(folder, { recursive: true }));

describe('iam compare', () => {
  it('prints what its page says', async () => {
    const { stdout, code } = await runCli('iam', 'compare', wide, narrow);
    const [, expected = ''] = /^\$ fourproof iam compare a\.json b\.json\n([\s\S]*?)^```/m.exec(DOCS) ?? [];
    // Only the place depends on how the file is written.
    const plain = (text: string): string => text.replaceAll(`${folder}/`, '').replace(/a\.json:\d+:\d+/, 'a.json');
    expect(plain(stdout)).toBe(plain(expected));
    expect(code).toBe(1);
  });

  it('ends with 0 where both allow the same', async () => {
    expect((await runCli('iam', 'compare', narrow, narrow)).code).toBe(0);
  });

  it('gives a request in JSON', async () => {
    const { stdout } = await runCli('iam', 'compare', wide, narrow, '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'fourproof/iam-compare/v1' });
  });

  it('ends with 2 where a file is no policy', async () => {
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, '{');
    expect((await runCli('iam', 'compare', broken, narrow)).code).toBe(2);
  });
});
