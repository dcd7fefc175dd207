import { parseJson } from '../../lib/json/parse-json.ts';
import { child } from '../../lib/yaml/index.ts';
import type { FactReader, Reading } from '../../model/index.ts';
import { textIn } from './documents.ts';
import { readAuthorizationDetails } from './read-authorization-details.ts';
import { isCredentialReport, readCredentialReport } from './read-credential-report.ts';
import { readOrganizations } from './read-organizations.ts';
import type { IamExportFact } from './types.ts';

/** Reads exports of live accounts, recognised by what stands in them: IAM's details, its credential report, the organisation. */
export const iamExportReader: FactReader<'iam-export', IamExportFact> = {
  kind: 'iam-export',
  belongsTo: 'product',
  selects: (path) => /\.(?:json|csv)$/i.test(path),
  recognises: (text) => isCredentialReport(text) || isDetails(text) || isOrganizations(text) || isWrappedReport(text),
  read({ path, text }) {
    if (isCredentialReport(text)) return { facts: [readCredentialReport(path, text)], unread: [] };
    const parsed = parseJson(path, text);
    if (!parsed.ok)
      return {
        facts: [],
        unread: [{ path, reason: 'unparsed-file', message: `not valid JSON: ${parsed.message}`, at: parsed.at }],
      };
    const { root } = parsed;
    if (isDetails(text)) return { facts: [readAuthorizationDetails(path, root)], unread: [] };
    const wrapped = textIn(root, 'Content');
    if (child(root, 'ReportFormat') !== undefined && wrapped !== undefined) return fromBase64(path, wrapped);
    return { facts: [readOrganizations(path, root)], unread: [] };
  },
};

function isDetails(text: string): boolean {
  return /"(?:UserDetailList|RoleDetailList)"\s*:/.test(text);
}

/** ARNs of Organizations are in the output of every command but those that list ids of children and parents. */
function isOrganizations(text: string): boolean {
  const start = text.slice(0, 400);
  return (
    (/"(?:Organization|Roots|Accounts|OrganizationalUnits|Polic(?:y|ies))"\s*:/.test(start) &&
      /"arn:[\w-]+:organizations::/.test(text)) ||
    /^\s*\{\s*"(?:Children|Parents)"\s*:\s*\[\s*\{\s*"(?:Id|Type)"/.test(start)
  );
}

function isWrappedReport(text: string): boolean {
  return text.includes('"ReportFormat"') && text.includes('"text/csv"');
}

function fromBase64(path: string, content: string): Reading<IamExportFact> {
  const text = Buffer.from(content, 'base64').toString('utf8');
  if (isCredentialReport(text)) return { facts: [readCredentialReport(path, text)], unread: [] };
  return { facts: [], unread: [{ path, reason: 'unparsed-file', message: 'its Content is no credential report' }] };
}
