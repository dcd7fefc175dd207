/** Encoding functions: https://developer.hashicorp.com/terraform/language/functions#encoding-functions. */

import { objectOf } from '../convert.ts';
import type { TfFunction } from '../functions.ts';
import { decodeJson, encodeJson } from '../json.ts';
import { TerraformError } from '../value.ts';
import { decodeYaml } from '../yaml-decode.ts';
import { encodeYaml } from '../yaml-encode.ts';
import { parseCsv } from './csv.ts';
import { define, list, string, text, unknown, unknownLike } from './define.ts';
import { decodeUtf8 } from './files.ts';
import { argumentAt, textAt } from './read.ts';
import { decodeText, encodeText } from './text-encoding.ts';

const ONE = { params: ['string'], gives: 'string' } as const;
const TWO = { params: ['string', 'string'], gives: 'string' } as const;
const DECODES = { params: ['string'] } as const;
const ENCODES = { params: ['any'], gives: 'string', nulls: true, unknown: 'never' } as const;
const TEXT = { type: 'string', notNull: true } as const;

export const ENCODING: readonly (readonly [string, TfFunction])[] = [
  define('base64encode', ONE, (args, tools) => string(Buffer.from(textAt(args, 0)).toString('base64'), tools)),
  define('base64decode', ONE, (args, tools) =>
    string(decodeUtf8(fromBase64(textAt(args, 0)), 'the result of decoding the provided string is'), tools),
  ),
  define('base64gzip', ONE, (_, tools) =>
    unknown('base64gzip() is not computed: its bytes depend on the compressor', tools, TEXT),
  ),
  define('textencodebase64', TWO, (args, tools) => {
    const bytes = encodeText(textAt(args, 0), textAt(args, 1));
    if (bytes === undefined)
      return unknown(`textencodebase64() with the encoding ${textAt(args, 1)} is not modelled`, tools, TEXT);
    return string(bytes.toString('base64'), tools);
  }),
  define('textdecodebase64', TWO, (args, tools) => {
    const decoded = decodeText(fromBase64(textAt(args, 0)), textAt(args, 1));
    if (decoded === undefined)
      return unknown(`textdecodebase64() with the encoding ${textAt(args, 1)} is not modelled`, tools, TEXT);
    return string(decoded, tools);
  }),
  define('urlencode', ONE, (args, tools) => string(urlEncode(textAt(args, 0)), tools)),
  define('jsonencode', ENCODES, (args, tools) => {
    const encoded = encodeJson(argumentAt(args, 0), (steps) => tools.spend(steps));
    if (encoded.known) return string(encoded.text, tools);
    const { prefix, cause } = encoded;
    return unknownLike(cause, tools, { ...TEXT, ...(prefix === '' ? {} : { prefix }) });
  }),
  define('jsondecode', DECODES, (args, tools) =>
    decodeJson(textAt(args, 0), tools.origin, (steps) => tools.spend(steps)),
  ),
  define('yamlencode', ENCODES, (args, tools) => {
    const encoded = encodeYaml(argumentAt(args, 0), (steps) => tools.spend(steps));
    return typeof encoded === 'string' ? string(encoded, tools) : unknownLike(encoded, tools, TEXT);
  }),
  define('yamldecode', DECODES, (args, tools) =>
    decodeYaml(textAt(args, 0), tools.origin, (steps) => tools.spend(steps), argumentAt(args, 0).origin),
  ),
  define('csvdecode', DECODES, (args, tools) => {
    tools.spend(textAt(args, 0).length);
    const [header, ...records] = parseCsv(textAt(args, 0));
    if (header === undefined) throw new TerraformError('missing header line of CSV');
    if (new Set(header).size < header.length) throw new TerraformError('duplicate column name in CSV');
    const rows = records.map((record) => {
      tools.spend(record.length);
      const cells = record.map(
        (cell, index) => [(header[index] ?? '').normalize('NFC'), text(cell, tools.origin)] as const,
      );
      return objectOf(cells, { origin: tools.origin });
    });
    return list(rows, tools);
  }),
];

/** RFC 4648 with padding; line ends are skipped, as Go does. */
function fromBase64(encoded: string): Buffer {
  const plain = encoded.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(plain)) {
    throw new TerraformError('failed to decode base64 data');
  }
  return Buffer.from(plain, 'base64');
}

/** As a form writes it: a space is `+`. */
function urlEncode(from: string): string {
  return encodeURIComponent(Buffer.from(from).toString())
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
