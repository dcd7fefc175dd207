import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A file of a trail, one at a time in memory; CloudTrail writes them at a few MiB. */
export type TrailFile =
  { readonly path: string; readonly records: readonly unknown[] } | { readonly path: string; readonly unread: string };

const MOST_PACKED = 64 * 1024 * 1024;
const MOST_UNPACKED = 256 * 1024 * 1024;
const MOST_FILES = 1_000_000;

/** Every .json and .json.gz below the given files and folders, in order of their names; digests of CloudTrail are left out. */
export function* trailFiles(inputs: readonly string[]): Generator<TrailFile> {
  let count = 0;
  for (const input of inputs) {
    for (const path of filesBelow(input)) {
      if (++count > MOST_FILES) {
        yield { path, unread: `more than ${MOST_FILES} files` };
        return;
      }
      yield readTrailFile(path);
    }
  }
}

function* filesBelow(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  const entries = readdirSync(path, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
  for (const entry of entries) {
    const below = join(path, entry.name);
    if (entry.isDirectory()) yield* filesBelow(below);
    else if (entry.isFile() && /\.json(?:\.gz)?$/.test(entry.name) && !entry.name.includes('CloudTrail-Digest'))
      yield below;
  }
}

function readTrailFile(path: string): TrailFile {
  try {
    if (statSync(path).size > MOST_PACKED) return { path, unread: 'above 64 MiB' };
    const bytes = readFileSync(path);
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = (isPacked ? gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED }) : bytes).toString('utf8');
    const records = recordsIn(text);
    return records === undefined ? { path, unread: 'it holds no Records of CloudTrail' } : { path, records };
  } catch (error) {
    return { path, unread: error instanceof Error ? error.message : String(error) };
  }
}

/** `{ "Records": [...] }`, a list, what `aws cloudtrail lookup-events` prints, or one record a line. */
function recordsIn(text: string): readonly unknown[] | undefined {
  try {
    return recordsOf(JSON.parse(text));
  } catch {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.length < 2 ? undefined : lines.map((line): unknown => JSON.parse(line));
  }
}

function recordsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value as readonly unknown[];
  if (typeof value !== 'object' || value === null) return undefined;
  if ('Records' in value && Array.isArray(value.Records)) return value.Records as readonly unknown[];
  if ('Events' in value && Array.isArray(value.Events)) return value.Events.map(lookedUp);
  return 'eventName' in value ? [value] : undefined;
}

/** `lookup-events` gives the record as a text. */
function lookedUp(event: unknown): unknown {
  if (typeof event !== 'object' || event === null || !('CloudTrailEvent' in event)) return event;
  return typeof event.CloudTrailEvent === 'string' ? JSON.parse(event.CloudTrailEvent) : event;
}
