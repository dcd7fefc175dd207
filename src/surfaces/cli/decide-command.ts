import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { CONFIG_PATH } from '../../config/read-config.ts';
import { inert } from '../../lib/inert.ts';
import { CommandFailure } from './exit.ts';
import { verifyPath, type VerifyOptions } from './open-product.ts';
import { put } from './output.ts';
import { unknownTarget } from './explain-command.ts';

export interface DecideOptions extends VerifyOptions {
  readonly reason: string;
  readonly owner: string;
  readonly expires?: string;
}

/** `fourproof accept` and `fourproof dismiss`: writes the decision into fourproof.yaml and keeps its comments. */
export async function decideCommand(
  kind: 'acceptances' | 'dismissals',
  fingerprint: string,
  path: string,
  options: DecideOptions,
): Promise<number> {
  if (
    options.expires !== undefined &&
    (!/^\d{4}-\d{2}-\d{2}$/.test(options.expires) || Number.isNaN(Date.parse(`${options.expires}T00:00:00Z`)))
  ) {
    throw new CommandFailure(`fourproof: --expires ${options.expires}: write a day, like 2027-06-30`);
  }
  const { result, root } = await verifyPath(path, options);
  const findings = result.verdicts.flatMap((verdict) => verdict.findings);
  const gaps = result.verdicts.flatMap((verdict) =>
    verdict.controls.flatMap((control) => ('gaps' in control ? (control.gaps ?? []) : [])),
  );
  const named = [
    ...findings.map((item) => ({ ...item, text: item.title })),
    ...(kind === 'acceptances' ? gaps.map((gap) => ({ ...gap, text: gap.message })) : []),
  ];
  const target = named.find((item) => item.fingerprint === fingerprint);
  if (target === undefined) throw new CommandFailure(unknownTarget(result, fingerprint));

  const file = join(root, CONFIG_PATH);
  if (existsSync(file) && !lstatSync(file).isFile()) throw new CommandFailure(`fourproof: ${file} is no regular file`);
  const document = parseDocument(existsSync(file) ? readFileSync(file, 'utf8') : '');
  if (document.contents === null || !isMap(document.contents)) document.contents = document.createNode({}) as never;
  if (!document.has(kind)) document.set(kind, document.createNode([]));
  const { reason, owner, expires } = options;
  document.addIn(
    [kind],
    document.createNode({ fingerprint, reason, owner, ...(expires === undefined ? {} : { expires }) }),
  );
  writeFileSync(file, document.toString({ lineWidth: 0 }));
  put(
    `${kind === 'acceptances' ? 'Accepted' : 'Dismissed'} ${fingerprint} (${inert(target.text)}) in ${CONFIG_PATH}.`,
    undefined,
  );
  return 0;
}
