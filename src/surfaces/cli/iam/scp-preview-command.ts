import { readFileSync, statSync } from 'node:fs';
import { serviceData } from '../../../engines/iam/services/service-data.ts';
import { previewOf } from '../../../engines/iam/trail/preview.ts';
import { readEvent } from '../../../engines/iam/trail/read-event.ts';
import { Tally, type PreviewGroup } from '../../../engines/iam/trail/tally.ts';
import { readPolicy } from '../../../facts/iam-policy/read-policy.ts';
import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import { inert } from '../../../lib/inert.ts';
import { readIamData } from '../../../sources/assets.ts';
import { CommandFailure } from '../exit.ts';
import { put } from '../output.ts';
import { trailFiles } from './trail-files.ts';

export interface ScpPreviewOptions {
  readonly trail: readonly string[];
  readonly current?: string;
  readonly format: 'text' | 'json';
}

const MOST_BYTES = 1024 * 1024;
const GROUPS_SHOWN = 40;

/** Replays a trail against a policy. Ends with 0 where it denies nothing more, 1 where it does, 4 where that is not decided. */
export function scpPreviewCommand(file: string, options: ScpPreviewOptions): number {
  const services = serviceData(readIamData().services);
  const proposed = previewOf(policyOf(file), services);
  const current = options.current === undefined ? undefined : previewOf(policyOf(options.current), services);
  const tally = new Tally();
  const unread: { path: string; why: string }[] = [];
  for (const read of trailOf(options.trail)) {
    if ('unread' in read) {
      unread.push({ path: read.path, why: read.unread });
      continue;
    }
    for (const record of read.records) {
      const reading = readEvent(record, services.actionExists);
      if (reading.kind === 'skipped') tally.skip(reading.why);
      else if (reading.request.refused) tally.counts.refused++;
      else if (current?.(reading.request).kind === 'denied') tally.counts.before++;
      else tally.add(reading.request, proposed(reading.request));
    }
  }
  if (options.format === 'json') put(JSON.stringify(jsonOf(tally, unread), null, 2), undefined);
  else
    put(
      linesOf(tally, unread)
        .map((line) => inert(line))
        .join('\n'),
      undefined,
    );
  if (tally.counts.denied > 0) return 1;
  return tally.counts.unknown > 0 || unread.length > 0 ? 4 : 0;
}

function* trailOf(paths: readonly string[]): ReturnType<typeof trailFiles> {
  try {
    yield* trailFiles(paths);
  } catch (error) {
    throw new CommandFailure(
      `fourproof: cannot read the trail: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function policyOf(file: string): IamPolicy {
  const { policy, problems } = readPolicy(file, textOf(file), file);
  if (problems.length === 0) return policy;
  throw new CommandFailure(
    problems
      .map(({ message, at }) => `${file}${at === undefined ? '' : `:${at.startLine}:${at.startColumn}`}: ${message}`)
      .join('\n'),
  );
}

function textOf(file: string): string {
  try {
    if (statSync(file).size <= MOST_BYTES) return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandFailure(
      `fourproof: cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  throw new CommandFailure(`fourproof: ${file} is above 1 MiB`);
}

function jsonOf(tally: Tally, unread: readonly { readonly path: string; readonly why: string }[]): unknown {
  return {
    schema: 'fourproof/iam-scp-preview/v1',
    counts: tally.counts,
    groups: tally.groups,
    ungrouped: tally.ungrouped,
    skipped: Object.fromEntries(tally.skipped),
    unread,
  };
}

function linesOf(tally: Tally, unread: readonly { readonly path: string; readonly why: string }[]): string[] {
  const { denied, allowed, unknown, before, refused, skipped } = tally.counts;
  const { groups } = tally;
  return [
    `${denied} denied, ${unknown} unknown, ${allowed} not denied`,
    ...(before > 0 ? [`${before} are denied already`] : []),
    ...(refused > 0 ? [`${refused} were refused when they were made`] : []),
    ...groups.slice(0, GROUPS_SHOWN).flatMap(groupLines),
    ...(groups.length > GROUPS_SHOWN ? [`… ${groups.length - GROUPS_SHOWN} more groups: --format json`] : []),
    ...(skipped > 0 ? [`${skipped} entries are no question to the policy:`] : []),
    ...[...tally.skipped].map(([why, count]) => `  ${count} ${why}`),
    ...unread.slice(0, GROUPS_SHOWN).map(({ path, why }) => `not read: ${path}: ${why}`),
  ];
}

function groupLines({ kind, action, principal, statement, lacks, count, example }: PreviewGroup): string[] {
  const by = statement === undefined ? 'nothing allows it' : statement;
  const why = lacks === undefined ? by : `${by}: CloudTrail does not record ${lacks.join(', ')}`;
  return [
    `${kind === 'denied' ? '✘' : '?'} ${count} × ${action} by ${principal}`,
    `    ${why}`,
    `    such as ${example.id} of ${example.time} in ${example.account} ${example.region}`,
  ];
}
