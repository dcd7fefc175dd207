import { exec } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(exec);

export async function label(code) {
  const { stdout } = await run(`barcode -S -b "${code}"`);
  return stdout;
}
