import type { Finding, Layer, Status, Verdict } from '../../src/model/index.ts';
import { layerOf } from './lanes.ts';

/** What of a result is shown; an empty list or text restricts nothing. */
export interface Filter {
  readonly statuses: readonly Status[];
  readonly layers: readonly Layer[];
  readonly product: string;
  readonly text: string;
}

export const NO_FILTER: Filter = { statuses: [], layers: [], product: '', text: '' };

/** Whether the filter restricts anything. */
export function isRestricting(filter: Filter): boolean {
  return filter.statuses.length + filter.layers.length > 0 || filter.product !== '' || filter.text.trim() !== '';
}

/** Whether a verdict is shown. */
export function isShown(verdict: Verdict, { statuses, layers, product, text }: Filter): boolean {
  if (statuses.length > 0 && !statuses.includes(verdict.status)) return false;
  if (layers.length > 0 && !layers.some((layer) => layer === layerOf(verdict))) return false;
  if (product !== '' && verdict.product !== product) return false;
  return mentions(verdict, text);
}

/** The findings that mention the text; all of them when none does, because then the threat itself was meant. */
export function matchingFindings(findings: readonly Finding[], text: string): readonly Finding[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return findings;
  const matching = findings.filter((finding) => contains(wordsOf(finding), wanted));
  return matching.length === 0 ? findings : matching;
}

/** Adds a value to a list, or takes it out. */
export function toggled<T>(list: readonly T[], value: T): readonly T[] {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}

function mentions(verdict: Verdict, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return true;
  if (contains([verdict.threat, verdict.title, verdict.question, verdict.product], wanted)) return true;
  if (verdict.controls.some((control) => contains([control.id, control.title, ...gapWords(control)], wanted)))
    return true;
  return verdict.findings.some((finding) => contains(wordsOf(finding), wanted));
}

function wordsOf({ title, fingerprint, location, severity, counterexample }: Finding): readonly string[] {
  return [title, fingerprint, location.path, severity, counterexample.summary];
}

function gapWords(control: Verdict['controls'][number]): readonly string[] {
  const gaps = 'gaps' in control ? (control.gaps ?? []) : [];
  return gaps.flatMap(({ message, reason, at }) => [message, reason, at?.path ?? '']);
}

function contains(texts: readonly string[], wanted: string): boolean {
  return texts.some((text) => text.toLowerCase().includes(wanted));
}
