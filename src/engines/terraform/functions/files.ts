import { posix } from 'node:path';
import type { FunctionTools } from '../functions.ts';
import { TerraformBudget, TerraformError } from '../value.ts';

/** The path below the root that a path in the configuration means: relative to the folder of the root module. */
export function resolvePath(path: string, { rootFolder }: FunctionTools): string {
  if (path.startsWith('~') || posix.isAbsolute(path)) {
    throw new TerraformError(`${JSON.stringify(path)} is outside the tree that is looked at`);
  }
  const resolved = posix.normalize(posix.join(rootFolder, path)).replace(/\/$/, '');
  if (resolved === '..' || resolved.startsWith('../')) {
    throw new TerraformError(`${JSON.stringify(path)} is outside the tree that is looked at`);
  }
  return resolved;
}

/** The bytes of a file of the tree; throws TerraformError with its name where there is none. */
export function readBytes(path: string, tools: FunctionTools): Uint8Array {
  const resolved = resolvePath(path, tools);
  const bytes = tools.readFile(resolved);
  if (bytes === undefined) throw new TerraformError(`no file exists at ${JSON.stringify(resolved)}`);
  tools.spend(bytes.length);
  return bytes;
}

/** The text of a file of the tree, which must be UTF-8. */
export function readText(path: string, tools: FunctionTools): string {
  return decodeUtf8(readBytes(path, tools), `contents of ${JSON.stringify(path)} are`);
}

/** Text from UTF-8; `what` (`the result is`) begins the message of the error. */
export function decodeUtf8(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw new TerraformBudget(`${what} too large`);
    throw new TerraformError(`${what} not valid UTF-8`);
  }
}
