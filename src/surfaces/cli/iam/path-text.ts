import type { IamWorld } from '../../../engines/iam/account/types.ts';
import type { Credential, FoundPath, PathNode, PathStep, Start } from '../../../engines/iam/paths/index.ts';
import type { IamRequest, UnknownPart } from '../../../engines/iam/types.ts';
import { inert } from '../../../lib/inert.ts';
import type { SourceLocation } from '../../../model/index.ts';

const SIGNED_IN: Readonly<Record<Credential, string>> = {
  key: 'with a key, without MFA',
  console: 'at the console, without MFA',
  mfa: 'with MFA',
  session: 'with temporary credentials',
};

/** Who begins, in words. */
export function startText({ label, node, at }: Start): string {
  return inert(`${label} ${SIGNED_IN[node.credential]}  ${placeOf(at)}`);
}

/** The lines of the steps of a path, each with its requests. */
export function stepLines(steps: readonly PathStep[]): string[] {
  return steps.flatMap(({ edge, requests }, index) => [
    inert(
      `  ${index + 1}. ${edge.what} (${edge.by}${edge.certainty === 'possible' ? ', possible' : ''})  ${placeOf(edge.at)}`,
    ),
    ...requests.map((request) => inert(`       ${requestText(request)}`)),
  ]);
}

/** A request on one line: what a policy could be asked. */
export function requestText({ action, resource, context }: IamRequest): string {
  const keys = [...context].filter(([key]) => key !== 'aws:securetransport');
  const rest = keys.map(([key, value]) => `${key}=${typeof value === 'string' ? value : value.join(',')}`).join(' ');
  return `${action} on ${resource}${rest === '' ? '' : ` (${rest})`}`;
}

/** What a possible answer depends on, each once. */
export function unknownLines(unknowns: readonly UnknownPart[]): string[] {
  const texts = new Set(unknowns.map(({ why, at }) => `  ? ${why}${at === undefined ? '' : `  ${placeOf(at)}`}`));
  return [...texts].slice(0, 10).map((text) => inert(text));
}

/** An account as people know it. */
export function accountText(id: string, { accounts }: IamWorld): string {
  const account = accounts.find((one) => one.id === id);
  if (account === undefined) return id;
  if (account.standIn) return account.name;
  return account.joined === undefined ? id : `${id} (${account.joined.member})`;
}

/** Lines that say which accounts were taken for which, and what is missing altogether. */
export function worldNotes({ accounts, gaps }: IamWorld): string[] {
  const joins = accounts.flatMap(({ joined }) =>
    joined?.by === 'name' ? [`note: assumed: ${joined.why}  ${placeOf(joined.at)}`] : [],
  );
  return [...joins, ...gaps.map(({ message, at }) => `gap: ${message}  ${placeOf(at)}`)].map((line) => inert(line));
}

export function placeOf({ path, startLine, startColumn }: SourceLocation): string {
  return `${path}:${startLine}:${startColumn}`;
}

/** A path as data. */
export function pathJson({ start, steps, goal, certainty, unknowns }: FoundPath): Record<string, unknown> {
  return {
    certainty,
    from: { id: start.id, kind: start.kind, ...nodeJson(start.node), why: start.why, at: start.at },
    to: nodeJson(goal),
    steps: steps.map(({ from, edge, requests }) => ({
      by: edge.by,
      what: edge.what,
      certainty: edge.certainty,
      as: nodeJson(from),
      requests: requests.map(requestJson),
      at: edge.at,
    })),
    unknowns,
  };
}

export function requestJson({
  principal,
  action,
  resource,
  resourceAccount,
  context,
}: IamRequest): Record<string, unknown> {
  return {
    principal,
    action,
    resource,
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    context: Object.fromEntries(context),
  };
}

function nodeJson({ identity, credential }: PathNode): Record<string, unknown> {
  return { principal: identity.arn, account: identity.account, credential };
}
