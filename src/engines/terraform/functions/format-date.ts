import { TerraformError } from '../value.ts';
import { formatOffset, localDate, type Instant } from './time.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** Formats by runs of one letter (`YYYY`, `MMM`, `hh`) and quoted literals, as formatdate documents them. */
export function formatDate(format: string, instant: Instant): string {
  let text = '';
  for (const [token] of format.matchAll(/''|'(?:[^']|'')*'?|([A-Za-z])\1*|[^A-Za-z']+/g)) {
    if (token.startsWith("'")) text += literal(token);
    else text += /^[A-Za-z]/.test(token) ? verb(token, instant) : token;
  }
  return text;
}

function literal(token: string): string {
  if (token === "''") return "'";
  if (token.length < 2 || !token.endsWith("'")) throw new TerraformError("unterminated literal ' in a date format");
  return token.slice(1, -1).replaceAll("''", "'");
}

function verb(token: string, instant: Instant): string {
  const date = localDate(instant);
  const hour = date.getUTCHours();
  const forms = formsOf(token, { date, hour, offset: instant.offset });
  const found = forms.get(token);
  if (found === undefined) throw new TerraformError(`invalid date format verb ${JSON.stringify(token)}`);
  return found;
}

function formsOf(
  token: string,
  { date, hour, offset }: { date: Date; hour: number; offset: number },
): ReadonlyMap<string, string> {
  const year = date.getUTCFullYear();
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const day = DAYS[date.getUTCDay()] ?? '';
  const half = hour < 12 ? 'am' : 'pm';
  switch (token[0]) {
    case 'Y':
      return new Map([
        ['YY', pad(year % 100)],
        ['YYYY', String(year).padStart(4, '0')],
      ]);
    case 'M':
      return new Map([...numeral('M', date.getUTCMonth() + 1), ['MMM', month.slice(0, 3)], ['MMMM', month]]);
    case 'D':
      return numeral('D', date.getUTCDate());
    case 'E':
      return new Map([
        ['EEE', day.slice(0, 3)],
        ['EEEE', day],
      ]);
    case 'h':
      return numeral('h', hour);
    case 'H':
      return numeral('H', hour % 12 === 0 ? 12 : hour % 12);
    case 'm':
      return numeral('m', date.getUTCMinutes());
    case 's':
      return numeral('s', date.getUTCSeconds());
    case 'Z':
      return new Map([
        ['Z', formatOffset(offset)],
        ['ZZZ', formatOffset(offset, '', 'UTC')],
        ['ZZZZ', formatOffset(offset, '', '+0000')],
        ['ZZZZZ', formatOffset(offset, ':', '+00:00')],
      ]);
    default:
      return new Map([
        ['aa', half],
        ['AA', half.toUpperCase()],
      ]);
  }
}

function numeral(letter: string, value: number): Map<string, string> {
  return new Map([
    [letter, String(value)],
    [letter + letter, pad(value)],
  ]);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
