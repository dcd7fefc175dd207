/** A decimal number; undefined where the text is none. */
export function parseNumber(text: string): number | undefined {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?\s*$/.test(text) ? Number(text) : undefined;
}

const INSTANT =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

/**
 * Milliseconds since 1970 of a date in the ISO 8601 profile of the W3C (https://www.w3.org/TR/NOTE-datetime; without a zone
 * it is UTC), or of seconds since 1970, which have more than the four digits of a year; undefined where the text is neither.
 */
export function parseInstant(text: string): number | undefined {
  if (/^-?\d{5,13}(?:\.\d{1,9})?$|^-?\d{1,3}$/.test(text)) return Number(text) * 1000;
  const [whole, year = '', month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone] =
    INSTANT.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const time = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`,
  );
  return Number.isNaN(time) ? undefined : time - offsetOf(zone);
}

/** Milliseconds by which a zone is ahead of UTC. */
function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60_000;
}
