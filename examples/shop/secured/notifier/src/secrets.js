import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = process.env.SECRETS_DIR ?? '/run/secrets';

export async function secret(name) {
  const text = await readFile(join(folder, name), 'utf8');
  return text.trim();
}
