import type { TfValue } from './value.ts';

/** The text of a value that is one and is known. */
export function knownText(value: TfValue | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}
