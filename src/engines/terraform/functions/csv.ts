import { TerraformError } from '../value.ts';

/** Records of RFC 4180 as Go reads them: empty lines are skipped, a quote inside a bare field is an error, all records are equally long. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  const source = text.replace(/\r\n/g, '\n');
  for (let at = 0; at < source.length;) {
    if (source[at] === '\n') {
      at++;
      continue;
    }
    const record: string[] = [];
    for (let more = true; more;) {
      const { value, end } = source[at] === '"' ? quoted(source, at) : bare(source, at);
      record.push(value);
      more = source[end] === ',';
      at = end + 1;
    }
    if (records[0] !== undefined && record.length !== records[0].length) {
      throw new TerraformError('a CSV record has a wrong number of fields');
    }
    records.push(record);
  }
  return records;
}

function bare(source: string, start: number): { value: string; end: number } {
  let end = start;
  while (end < source.length && source[end] !== ',' && source[end] !== '\n') end++;
  // Go drops a carriage return only before a line end, or the end of the text.
  const value = end === source.length ? source.slice(start, end).replace(/\r$/, '') : source.slice(start, end);
  if (value.includes('"')) throw new TerraformError('a bare " in a CSV field without quotes');
  return { value, end };
}

function quoted(source: string, start: number): { value: string; end: number } {
  const parts: string[] = [];
  for (let from = start + 1; ;) {
    const quote = source.indexOf('"', from);
    if (quote < 0) throw new TerraformError('a CSV field without its closing quote');
    parts.push(source.slice(from, quote));
    if (source[quote + 1] !== '"') {
      const end = quote + 1;
      if (end < source.length && source[end] !== ',' && source[end] !== '\n') {
        throw new TerraformError('an extraneous " in a CSV field');
      }
      return { value: parts.join('"'), end };
    }
    from = quote + 2;
  }
}
