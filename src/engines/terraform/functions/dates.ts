/** Date and time functions: https://developer.hashicorp.com/terraform/language/functions#date-and-time-functions. */

import type { TfFunction } from '../functions.ts';
import { define, number, string, unknown } from './define.ts';
import { formatDate } from './format-date.ts';
import { textAt } from './read.ts';
import { formatInstant, parseDuration, parseInstant } from './time.ts';

const TWO = { params: ['string', 'string'], gives: 'string' } as const;
const STAMP = '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z';

export const DATES: readonly (readonly [string, TfFunction])[] = [
  ...['timestamp', 'plantimestamp'].map((name) =>
    define(name, { gives: 'string' }, (_, tools) =>
      unknown(`${name}() is the time of the run`, tools, { type: 'string', notNull: true, pattern: STAMP }),
    ),
  ),
  define('formatdate', TWO, (args, tools) => string(formatDate(textAt(args, 0), parseInstant(textAt(args, 1))), tools)),
  define('timeadd', TWO, (args, tools) => {
    const instant = parseInstant(textAt(args, 0));
    return string(formatInstant({ ...instant, nanos: instant.nanos + parseDuration(textAt(args, 1)) }), tools);
  }),
  define('timecmp', { params: ['string', 'string'], gives: 'number' }, (args, tools) => {
    const [a, b] = [parseInstant(textAt(args, 0)), parseInstant(textAt(args, 1))];
    if (a.nanos === b.nanos) return number(0n, tools);
    return number(a.nanos < b.nanos ? -1n : 1n, tools);
  }),
];
