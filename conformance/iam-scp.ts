// AWS's sample service control policies: which deny statements can be escaped, by a request that they name (action and resource) and
// do not deny, and which cannot? What the samples leave to fill in, as `${Account}`, is filled in. Takes a checkout of github.com/aws-samples/service-control-policy-examples.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkCertificate } from '../src/engines/iam/symbolic/check-certificate.ts';
import { findRequest } from '../src/engines/iam/symbolic/find-request.ts';
import { readPolicy } from '../src/facts/iam-policy/read-policy.ts';
import type { IamPolicy, IamStatement } from '../src/facts/iam-policy/types.ts';
import { argument, report, statistics } from './lib.ts';

const EXPECTED = { files: 57, unread: 1, escaped: 45, unconditional: 16 };

const checkout = argument('a checkout of aws-samples/service-control-policy-examples');
const files = readdirSync(checkout, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.json'))
  .sort();
const counts = { files: files.length, unread: 0, escaped: 0, unconditional: 0 };
const details: string[] = [];
const times: number[] = [];
let wrong = 0;

for (const path of files) {
  const { policy, problems } = readPolicy(path, filledIn(readFileSync(join(checkout, path), 'utf8')));
  if (problems.length > 0) {
    counts.unread++;
    details.push(`${path}: ${problems.map(({ message }) => message).join('; ')}`);
  }
  for (const statement of policy.statements) if (statement.effect === 'Deny') escape(path, policy, statement);
}

report({
  title: "AWS's sample service control policies: is there a request that a deny names and does not stop?",
  facts: [
    `${counts.files} files, ${counts.unread} with problems; ${times.length} deny statements: ` +
      `${counts.escaped} can be escaped, ${counts.unconditional} cannot`,
    statistics(times),
  ],
  details,
  ok: wrong === 0 && Object.entries(EXPECTED).every(([key, value]) => counts[key as keyof typeof counts] === value),
});

function filledIn(text: string): string {
  return text
    .replaceAll('${Account}', '111122223333')
    .replaceAll('${Partition}', 'aws')
    .replaceAll('${Region}', 'us-east-1');
}

function escape(path: string, policy: IamPolicy, statement: IamStatement): void {
  const everything: IamPolicy = {
    version: '2012-10-17',
    statements: [
      {
        index: 0,
        effect: 'Allow',
        actions: { negated: false, patterns: ['*'] },
        resources: { negated: false, patterns: ['*'] },
        conditions: [],
      },
    ],
  };
  const alone: IamPolicy = { ...policy, statements: [statement] };
  const started = performance.now();
  const answer = findRequest({
    policies: {
      identity: [everything],
      serviceControl: [{ target: 'root', policies: [everything, alone] }],
    },
    principal: { kinds: ['user', 'role-session'] },
    space: {
      actions: [statement.actions],
      ...(statement.resources === undefined ? {} : { resources: [statement.resources] }),
    },
  });
  times.push(performance.now() - started);
  const name = `${path} #${statement.index}`;
  if (answer.kind === 'found') {
    counts.escaped++;
    const { principal, action, resource, context } = answer.request;
    const keys = [...context].map(([key, value]) => `${key}=${String(value)}`).join(' ');
    details.push(`${name}: escaped by ${principal.arn} ${action} ${resource} ${keys}`.trimEnd());
  } else if (answer.kind === 'none') {
    counts.unconditional++;
    const problem = checkCertificate(answer.certificate);
    if (problem !== undefined) wrong++;
    details.push(`${name}: cannot be escaped${problem === undefined ? '' : ` (certificate: ${problem})`}`);
  } else {
    wrong++;
    details.push(`${name}: undecided: ${answer.why}`);
  }
}
