import type { Result } from '../../src/model/index.ts';

const SCHEMA = 'fourproof/result/v1' satisfies Result['schema'];

/** The result that stands in the page, or why there is none to show. */
export type Loaded = { readonly ok: true; readonly result: Result } | { readonly ok: false; readonly why: string };

/** Reads the result out of the page. */
export function loadResult(page: Document): Loaded {
  const text = page.getElementById('fourproof-result')?.textContent.trim() ?? '';
  if (text === '') return { ok: false, why: 'This page is a template: no result was put into it.' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, why: 'The result in this page is damaged and cannot be read.' };
  }
  if (isResult(value)) return { ok: true, result: value };
  return { ok: false, why: `The result in this page is not of the form ${SCHEMA}.` };
}

// The writer of this page put it there as a whole, so its name is enough to trust its shape.
function isResult(value: unknown): value is Result {
  return typeof value === 'object' && value !== null && 'schema' in value && value.schema === SCHEMA;
}
