import { child, itemsOf, textOf, whyUnknown, type YamlNode } from '../../../../lib/yaml/index.ts';
import { parseImageReference } from '../../../../lib/image-reference.ts';
import type { SourceLocation } from '../../../../model/index.ts';
import type { HelmRelease } from '../types.ts';
import { summaryOf } from './find-summary.ts';
import { isNulled, lookUp } from './lookup.ts';
import type { ChartSummary, Condition, ImageRule, Part } from './types.ts';

/** An image that a release runs. */
export interface ChartImage {
  /** What runs it: `admission controller`. */
  readonly role: string;
  /** The reference, with tag or digest, where the values or the chart's defaults say all of it. */
  readonly reference?: string;
  /** Host and path, also where the tag is left to the version of the chart. */
  readonly name?: string;
  /** Why there is no reference. */
  readonly unknown?: string;
  /** Set where the chart's own default is a digest, of which only the chart knows the text. */
  readonly pinnedByChart?: true;
  /** Why it may be that the release does not run it. */
  readonly doubt?: string;
  /** The value that names it; the release where the chart's default does. */
  readonly at: SourceLocation;
}

export interface ReleaseImages {
  readonly images: readonly ChartImage[];
  /** Whether these are all images that the release runs. */
  readonly complete: boolean;
  /** Why they may not be. */
  readonly missing: readonly string[];
  /** What was counted on: `kyverno chart summary of 2026-11`; absent where the chart is not summarised. */
  readonly summary?: string;
}

/** The images of a release by the summary of its chart; a chart without a summary is not complete. */
export function imagesOf(release: HelmRelease): ReleaseImages {
  const found = summaryOf(release);
  if (found === undefined) {
    const name = release.chart.unknown ?? release.chart.text;
    return {
      images: [],
      complete: false,
      missing: [`the chart of ${release.address} (${name}) is not rendered, and there is no summary of it`],
    };
  }
  const { summary, doubt } = found;
  const added = (summary.containers ?? []).map((path) => addedContainers(release, path));
  const missing = [
    ...(doubt === undefined ? [] : [doubt]),
    ...(release.open === undefined ? [] : [release.open]),
    ...(summary.never === undefined ? [] : [summary.never]),
    ...beyond(release, summary),
    ...added.flatMap((one) => one.missing),
  ];
  const images = summary.images.flatMap((rule) => imageOf({ release, doubt }, rule));
  return {
    images: [...images, ...added.flatMap((one) => one.images)],
    complete: missing.length === 0,
    missing,
    summary: `${summary.chart} chart summary of ${summary.date}`,
  };
}

function beyond(release: HelmRelease, { beyond: parts = [] }: ChartSummary): string[] {
  return parts.flatMap(({ when, what }) => {
    const held = holds(release, when);
    if (held === false) return [];
    return [held === true ? `${what} is not part of the summary` : `${what} may be switched on: ${held.why}`];
  });
}

/** Whether a condition holds, or why that is not known. */
function holds(release: HelmRelease, { path, is, default: byDefault }: Condition): boolean | { readonly why: string } {
  const given = lookUp(release, path);
  if (given.kind === 'unknown') return { why: given.why };
  const text = given.kind === 'given' ? textOf(given.node) : isNulled(release, path) ? '' : byDefault;
  if (is === '(given)') return text !== '';
  return is === 'false' ? text === 'false' || text === '' : text === is;
}

/** A release, and why the defaults of its chart are not known to be those of the summary. */
interface Source {
  readonly release: HelmRelease;
  readonly doubt: string | undefined;
}

function imageOf(source: Source, rule: ImageRule): ChartImage[] {
  const { release } = source;
  const held = (rule.when ?? []).map((condition) => holds(release, condition));
  if (held.includes(false)) return [];
  const open = held.find((one) => typeof one === 'object');
  const doubt = typeof open === 'object' ? { doubt: open.why } : {};
  return [{ role: rule.role, ...doubt, ...written(source, rule) }];
}

function written(source: Source, rule: ImageRule): Omit<ChartImage, 'role' | 'doubt'> {
  const { release } = source;
  const override = rule.override === undefined ? undefined : valueOf(source, rule.override);
  if (override?.why !== undefined) return { unknown: override.why, at: override.at ?? release.at };
  if (override?.text !== undefined && override.text !== '') return checked(override.text, override.at ?? release.at);

  const registry = rule.registry === undefined ? { text: '' } : valueOf(source, rule.registry);
  const repository = valueOf(source, rule.repository);
  const tag = valueOf(source, rule.tag);
  const digest = digestOf(source, rule);
  const at = tag.at ?? digest?.at ?? repository.at ?? registry.at ?? release.at;
  const why = registry.why ?? repository.why ?? digest?.why;
  if (why !== undefined) return { unknown: why, at };
  if (repository.text === undefined || repository.text === '')
    return { unknown: `${rule.path} names no repository`, at };

  const host = registry.text === undefined || registry.text === '' ? '' : `${registry.text.replace(/\/+$/, '')}/`;
  const name = `${host}${repository.text}${rule.suffix ?? ''}`;
  const pin = digest?.text === undefined || digest.text === '' ? '' : `@${digest.text}`;
  const tagText =
    tag.text === undefined || tag.text === '' || (pin !== '' && rule.digest?.replacesTag === true)
      ? ''
      : `:${tag.text}`;
  if (pin !== '' || (tagText !== '' && digest?.byChart !== true))
    return { ...checked(`${name}${tagText}${pin}`, at), name };
  if (digest?.byChart === true) return { name, unknown: 'the digest is that of the chart', pinnedByChart: true, at };
  return { name, unknown: tag.why ?? 'the tag is that of the version of the chart', at };
}

interface Value {
  readonly text?: string;
  readonly why?: string;
  readonly at?: SourceLocation;
}

/** The first value that is not empty, as templates choose with `default`. */
function valueOf({ release, doubt }: Source, { from, default: byDefault }: Part): Value {
  for (const path of from) {
    const given = lookUp(release, path);
    if (given.kind === 'unknown') return { why: given.why, ...(given.node === undefined ? {} : { at: given.node.at }) };
    if (given.kind === 'absent') continue;
    const text = textOf(given.node);
    if (text === undefined) return { why: `${path} is no text`, at: given.node.at };
    if (text !== '') return { text, at: given.node.at };
  }
  if (byDefault === undefined || byDefault === '') return {};
  return doubt === undefined ? { text: byDefault } : { why: doubt };
}

function digestOf(source: Source, { digest }: ImageRule): (Value & { readonly byChart?: true }) | undefined {
  const { release, doubt } = source;
  if (digest === undefined) return undefined;
  if (digest.use !== undefined) {
    const used = holds(release, { path: digest.use, is: 'true', default: 'true' });
    if (typeof used === 'object') return { why: used.why };
    if (!used) return undefined;
  }
  const value = valueOf(source, digest);
  if (value.text !== undefined || value.why !== undefined) return value;
  // An empty text or null takes the digest of the chart away.
  const isTaken = digest.from.some((path) => lookUp(release, path).kind === 'given' || isNulled(release, path));
  return digest.byChart === true && !isTaken && doubt === undefined ? { byChart: true } : undefined;
}

function checked(reference: string, at: SourceLocation): Omit<ChartImage, 'role'> {
  return parseImageReference(reference) === undefined
    ? { unknown: `${reference} is no reference of an image`, at }
    : { reference, at };
}

/** Containers that values add whole. */
function addedContainers(
  release: HelmRelease,
  path: string,
): { readonly images: readonly ChartImage[]; readonly missing: readonly string[] } {
  const given = lookUp(release, path);
  // Of what is open as a whole the release itself speaks.
  if (given.kind === 'unknown')
    return { images: [], missing: given.node === undefined ? [] : [`${path} is not known: ${given.why}`] };
  if (given.kind === 'absent') return { images: [], missing: [] };
  const images: ChartImage[] = [];
  const missing: string[] = [];
  for (const container of itemsOf(given.node)) {
    const image = child(container, 'image');
    const reference = textOf(image);
    if (reference !== undefined && !reference.includes('{{'))
      images.push({ role: path, ...checked(reference, image?.at ?? container.at) });
    else missing.push(`${path} adds a container whose image is not known${reasonOf(image ?? container)}`);
  }
  return { images, missing };
}

function reasonOf(node: YamlNode): string {
  const why = whyUnknown(node);
  return why === undefined ? '' : `: ${why}`;
}
