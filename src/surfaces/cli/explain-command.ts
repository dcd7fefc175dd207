import { THREAT_IDS, type Result } from '../../model/index.ts';
import { CommandFailure } from './exit.ts';
import { verifyPath, type VerifyOptions } from './open-product.ts';
import { put, terminalOptions } from './output.ts';
import { readResult } from './stored-result.ts';

export interface ExplainOptions extends VerifyOptions {
  /** A stored result to explain instead of verifying again. */
  readonly result?: string;
}

/** `fourproof explain <threat|fingerprint> [path]` */
export async function explainCommand(target: string, path: string, options: ExplainOptions): Promise<number> {
  const result =
    options.result === undefined ? (await verifyPath(path, options)).result : await readResult(options.result);
  const { renderExplanation } = await import('../../reports/terminal/index.ts');
  const text = renderExplanation(result, target, terminalOptions(false));
  if (text === undefined) throw new CommandFailure(unknownTarget(result, target));
  put(text, undefined);
  return 0;
}

/** Says what there is instead, nearest first. */
export function unknownTarget(result: Result, target: string): string {
  const fingerprints = result.verdicts.flatMap((verdict) => verdict.findings.map((finding) => finding.fingerprint));
  const near = [
    ...THREAT_IDS.filter((id) => id.includes(target) || target.includes(id.split('/')[1] ?? id)),
    ...fingerprints.filter((fingerprint) => fingerprint.startsWith(target.slice(0, 3))),
  ].slice(0, 5);
  const hint =
    near.length > 0
      ? `Did you mean ${near.join(', ')}?`
      : `Threats are named like ${THREAT_IDS[4]}; fingerprints stand in the output of \`fourproof verify\`.`;
  return `fourproof: nothing here is called ${target}. ${hint}`;
}
