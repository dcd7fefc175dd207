import { textOf, type YamlNode } from '../../../lib/yaml/index.ts';
import { doubtOf, present, refuse, type ObjectReading } from '../read/reading.ts';
import type { LabelOwner, Selector } from '../types.ts';
import { parseCalicoSelector } from './selector.ts';

/** The selector under a node; undefined where there is none or it is empty. */
export function readSelector(reading: ObjectReading, node: YamlNode | undefined, of: LabelOwner): Selector | undefined {
  const found = present(node);
  if (found === undefined) return undefined;
  const doubt = doubtOf(reading, found);
  if (doubt !== undefined) return { kind: 'unknown', doubt };
  const text = textOf(found);
  if (text === '') return undefined;
  const parsed = text === undefined ? undefined : parseCalicoSelector(text, of);
  if (parsed?.ok === true) return parsed.selector;
  const why = parsed?.message ?? 'it is no text';
  return { kind: 'unknown', doubt: refuse(reading, `a selector is not understood (${why})`, found.at) };
}
