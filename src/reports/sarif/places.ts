import type { Finding, SourceLocation, TraceStep } from '../../model/index.ts';
import { clip } from '../../lib/inert.ts';
import type { Location, Message, ThreadFlowLocation } from './types.ts';

/** Base of every path: the root that was verified, 3.14.14. */
export const ROOT = '%SRCROOT%';

/** Most trace steps of one result; GitHub takes 1,000 locations and 10,000 steps. */
const MOST_STEPS = 500;
const MOST_TEXT = 4000;

/** A bounded message; lone surrogates are no text. */
export function messageOf(text: string): Message {
  return { text: clip(text, MOST_TEXT).replace(/\p{Cs}/gu, '\ufffd') };
}

/** A path below the root as a relative URI, RFC 3986: everything but letters, digits and `-._~` is percent-encoded. */
export function uriOf(path: string): string {
  const segments = path.replace(/^\/+/, '').split('/');
  return segments
    .map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd')).replace(/[!'()*]/g, percent))
    .join('/');
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** A place as SARIF has it. The end of the range is exclusive in both. */
export function locationOf(
  at: SourceLocation,
  more: { readonly id?: number; readonly note?: string; readonly finding?: Finding } = {},
): Location {
  const { id, note, finding } = more;
  const { startLine, startColumn, endLine, endColumn, route } = at;
  const excerpt = finding?.excerpt;
  return {
    ...(id === undefined ? {} : { id }),
    physicalLocation: {
      artifactLocation: { uri: uriOf(at.path), uriBaseId: ROOT },
      region: { startLine, startColumn, endLine, endColumn },
      ...(excerpt === undefined || excerpt.lines.length === 0 || !covers(excerpt, at)
        ? {}
        : {
            contextRegion: {
              startLine: excerpt.startLine,
              endLine: excerpt.startLine + excerpt.lines.length - 1,
              snippet: messageOf(excerpt.lines.join('\n')),
            },
          }),
    },
    ...(route === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: messageOf(route).text }] }),
    ...(note === undefined ? {} : { message: messageOf(note) }),
  };
}

/** A context must hold its region, 3.29.5. */
function covers({ startLine, lines }: NonNullable<Finding['excerpt']>, at: SourceLocation): boolean {
  return startLine <= at.startLine && startLine + lines.length - 1 >= at.endLine;
}

/** The trace as a flow: the way from outside to the harm. Of a very long one the ends are kept. */
export function flowOf(trace: readonly TraceStep[]): readonly ThreadFlowLocation[] {
  return endsOf(trace).map(({ at, note, role }) => ({
    location: locationOf(at, { note }),
    kinds: [role],
    importance: role === 'step' ? 'important' : 'essential',
  }));
}

/** All steps, or the first and last of too many. */
export function endsOf(trace: readonly TraceStep[]): readonly TraceStep[] {
  if (trace.length <= MOST_STEPS) return trace;
  return [...trace.slice(0, MOST_STEPS / 2), ...trace.slice(-MOST_STEPS / 2)];
}
