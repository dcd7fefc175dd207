import {
  printRange,
  protocolNumber,
  type Connections,
  type Group,
  type Network,
} from '../../../engines/network/index.ts';
import { inert as visible } from '../../../lib/inert.ts';
import type { SourceLocation } from '../../../model/index.ts';
import { CommandFailure } from '../exit.ts';
import { endOf, openNetwork } from './open-network.ts';
import { put } from '../output.ts';

export interface NetworkCommandOptions {
  /** Folder of the product. */
  readonly dir: string;
  /** Networks that pods get their addresses from. */
  readonly podNetwork?: readonly string[];
  readonly format: 'text' | 'json';
}

/** Pairs of one list that are printed; larger clusters are asked by `can-reach`, or in JSON by groups. */
const MOST_LINES = 1_000_000;

/** `fourproof network connlist`: every connection that policies allow. */
export async function connlistCommand(options: NetworkCommandOptions): Promise<number> {
  const network = await openNetwork(options);
  if (options.format === 'json') {
    const connections = [...network.relation()].map(({ from, to, connections: { allowed, unclear } }) => ({
      from: namesOf(from),
      to: namesOf(to),
      allowed,
      unclear,
    }));
    const { problems } = network;
    put(JSON.stringify({ schema: 'fourproof/network/v1', connections, problems }, null, 2), undefined);
    return 0;
  }
  const lines = linesOf(network);
  if (lines.length > 0) put(lines.join('\n'), undefined);
  printProblems(network);
  return 0;
}

function linesOf(network: Network): string[] {
  const lines: string[] = [];
  for (const { from, to, connections } of network.relation()) {
    for (const source of namesOf(from)) {
      for (const target of namesOf(to)) {
        // A pod reaches itself; of a workload, its other pods are meant.
        if (source === target && source.endsWith('[Pod]')) continue;
        if (lines.length >= MOST_LINES)
          throw new CommandFailure(
            `fourproof: more than ${MOST_LINES} connections: take --format json, which groups them`,
          );
        lines.push(`${visible(source)} => ${visible(target)} : ${textOf(connections)}`);
      }
    }
  }
  return lines.sort();
}

function textOf({ allowed, unclear, allowedText, unclearText }: Connections): string {
  if (unclear.length === 0) return allowedText;
  return allowed.length === 0 ? `unknown ${unclearText}` : `${allowedText}; unknown ${unclearText}`;
}

function namesOf(group: Group): string[] {
  return 'pods' in group ? group.pods.map(({ id }) => id) : group.ranges.map(printRange);
}

const WORDS = { allowed: 'yes', denied: 'no', unknown: 'unknown' } as const;

/**
 * `fourproof network can-reach <from> <to> [port]`: the rules that decide. Ends are `namespace/name`, the name alone,
 * `namespace/name[Kind]`, or an address; the port is `5432`, `UDP/53` or `ICMP`, and without it all are listed.
 */
export async function canReachCommand(
  from: string,
  to: string,
  port: string | undefined,
  options: NetworkCommandOptions,
): Promise<number> {
  const network = await openNetwork(options);
  const [source, target] = [endOf(network, from), endOf(network, to)];
  if (!('pod' in source) && !('pod' in target))
    throw new CommandFailure('fourproof: one of the ends must be a pod: policies say nothing of two addresses');
  if (port === undefined) {
    const connections = network.connections(source, target);
    const text = `${visible(from)} => ${visible(to)} : ${textOf(connections)}`;
    put(options.format === 'json' ? JSON.stringify({ from, to, ...connections }, null, 2) : text, undefined);
    if (options.format === 'text') printProblems(network);
    return 0;
  }
  const why = network.why({ from: source, to: target, ...portOf(port) });
  if (options.format === 'json') {
    put(JSON.stringify({ from, to, port, ...why }, null, 2), undefined);
    return 0;
  }
  put(`${WORDS[why.answer]}: ${visible(from)} => ${visible(to)} : ${visible(port)}`, undefined);
  for (const direction of ['egress', 'ingress'] as const) {
    const isAsked = 'pod' in (direction === 'egress' ? source : target);
    if (!isAsked) continue;
    if (why[direction].length === 0) put(`  ${direction}: no policy applies, and everything is allowed`, undefined);
    for (const { effect, isSure, policy, tier, at } of why[direction])
      put(
        `  ${direction}: ${visible(policy)} ${isSure ? effect : `may be what ${effect}`} (tier ${visible(tier)})  ${place(at)}`,
        undefined,
      );
  }
  for (const { why: reason, at } of why.doubts)
    put(`  unknown: ${visible(reason)}${at === undefined ? '' : `  ${place(at)}`}`, undefined);
  printProblems(network);
  return 0;
}

function portOf(text: string): { readonly protocol: number; readonly port?: number } {
  const [, name = 'TCP', digits] = /^(?:([A-Za-z][\w]*)\/?)?(\d{1,5})?$/.exec(text) ?? [];
  const protocol = protocolNumber(name);
  const port = digits === undefined ? undefined : Number(digits);
  const needsPort = protocol === 6 || protocol === 17 || protocol === 132;
  if (protocol === undefined || needsPort !== (port !== undefined) || port === 0 || (port ?? 0) > 65_535)
    throw new CommandFailure(`fourproof: ${text} is no port: write 5432, UDP/53 or ICMP`);
  return { protocol, ...(port === undefined ? {} : { port }) };
}

function printProblems({ problems }: Network): void {
  for (const { kind, message, at } of problems)
    process.stderr.write(
      `${at === undefined ? '' : `${place(at)}: `}${kind === 'notice' ? 'note' : 'not decided'}: ${visible(message)}\n`,
    );
}

function place({ path, startLine, startColumn }: SourceLocation): string {
  return `${visible(path)}:${startLine}:${startColumn}`;
}
