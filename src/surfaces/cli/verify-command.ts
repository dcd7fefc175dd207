import { exitCodeOf, type FailOn } from '../../verdict/exit-code.ts';
import { verifyPath, type VerifyOptions } from './open-product.ts';
import { put, render, type Format } from './output.ts';

export interface VerifyCommandOptions extends VerifyOptions {
  readonly format: Format;
  readonly output?: string;
  readonly failOn: FailOn;
}

/** `fourproof verify [path]` */
export async function verifyCommand(path: string, options: VerifyCommandOptions): Promise<number> {
  const { result } = await verifyPath(path, options);
  put(await render(result, options.format, options.output !== undefined), options.output);
  return exitCodeOf(result, options.failOn);
}
