import type { Finding, Result, Verdict } from '../../model/index.ts';
import { inert } from '../../lib/inert.ts';
import { THREATS } from '../../threats/registry.generated.ts';
import { unknownTarget } from './explain-command.ts';
import { CommandFailure } from './exit.ts';
import { verifyPath, type VerifyOptions } from './open-product.ts';
import { put } from './output.ts';
import { readResult } from './stored-result.ts';

export interface ReplayOptions extends VerifyOptions {
  readonly result?: string;
}

/** `fourproof replay <fingerprint> [path]`: 1 when the counterexample happens again, 0 when it does not. */
export async function replayCommand(fingerprint: string, path: string, options: ReplayOptions): Promise<number> {
  const { result, contexts } = await verifyPath(path, options);
  const source = options.result === undefined ? result : await readResult(options.result);
  const { verdict, finding } = findFinding(source, fingerprint);
  const control = THREATS.find((threat) => threat.id === verdict.threat)?.controls.find(
    (candidate) => candidate.id === finding.control,
  );
  const context = contexts.get(verdict.product);
  if (context === undefined) throw new CommandFailure(`fourproof: the product ${verdict.product} is not in ${path}`);
  if (control?.replay === undefined)
    throw new CommandFailure(`fourproof: this version has no control ${finding.control} that replays`);
  const outcome = await control.replay(context, finding.counterexample);
  const steps = outcome.steps.map((step, index) => `  ${index + 1}. ${inert(step)}`).join('\n');
  const end = outcome.confirmed ? 'confirmed: it happens again' : 'not confirmed: it does not happen any more';
  put(
    `${inert(finding.title)}\n${inert(finding.location.path)}:${finding.location.startLine}:${finding.location.startColumn}\n\n${steps}\n\n${end}`,
    undefined,
  );
  return outcome.confirmed ? 1 : 0;
}

/** The finding that a fingerprint, or a unique beginning of one of at least four digits, names. */
export function findFinding(
  result: Result,
  fingerprint: string,
): { readonly verdict: Verdict; readonly finding: Finding } {
  const all = result.verdicts.flatMap((verdict) => verdict.findings.map((finding) => ({ verdict, finding })));
  const matching =
    fingerprint.length < 4 ? [] : all.filter(({ finding }) => finding.fingerprint.startsWith(fingerprint));
  const distinct = new Set(matching.map(({ finding }) => finding.fingerprint));
  const [first] = matching;
  if (first === undefined) throw new CommandFailure(unknownTarget(result, fingerprint));
  if (distinct.size > 1)
    throw new CommandFailure(`fourproof: ${fingerprint} is the beginning of several: ${[...distinct].join(', ')}`);
  return first;
}
