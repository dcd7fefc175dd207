import { TextPositions } from '../../lib/text-position.ts';
import type { CredentialReport, CredentialRow } from './types.ts';

const MOST_ROWS = 20_000;

/** Whether a text is a credential report: its first line is the header that AWS writes. */
export function isCredentialReport(text: string): boolean {
  return /^\uFEFF?user,arn,user_creation_time,/.test(text);
}

/** Reads the report's columns by their names; new ones that AWS adds are passed over. Its fields hold no commas or quotes. */
export function readCredentialReport(path: string, text: string): CredentialReport {
  const positions = new TextPositions(path, text);
  const rows: CredentialRow[] = [];
  let columns: readonly string[] | undefined;
  let offset = 0;
  for (const line of text.split('\n')) {
    const fields = line.replace(/^\uFEFF|\r$/g, '').split(',');
    if (columns === undefined) columns = fields;
    else if (fields.length === columns.length && rows.length < MOST_ROWS) {
      const names = columns;
      rows.push(rowOf((name) => fields[names.indexOf(name)] ?? '', positions.range(offset, offset + line.length)));
    }
    offset += line.length + 1;
  }
  return { kind: 'credential-report', path, at: positions.range(0, text.length), rows };
}

function rowOf(field: (name: string) => string, at: CredentialRow['at']): CredentialRow {
  const password = booleanOf(field('password_enabled'));
  return {
    user: field('user'),
    arn: field('arn'),
    at,
    ...(password === undefined ? {} : { passwordEnabled: password }),
    mfaActive: field('mfa_active') === 'true',
    keys: [1, 2].map((key) => {
      const [rotated, lastUsed] = [
        dateOf(field(`access_key_${key}_last_rotated`)),
        dateOf(field(`access_key_${key}_last_used_date`)),
      ];
      return {
        active: field(`access_key_${key}_active`) === 'true',
        ...(rotated === undefined ? {} : { rotated }),
        ...(lastUsed === undefined ? {} : { lastUsed }),
      };
    }),
  };
}

function booleanOf(text: string): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** `N/A` and `no_information` are no dates. */
function dateOf(text: string): string | undefined {
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? text : undefined;
}
