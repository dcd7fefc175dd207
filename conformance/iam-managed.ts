// Every policy that AWS manages, compared with ReadOnlyAccess: does it allow anything more? Takes the name of another policy, such
// as PowerUserAccess, instead. The documents are those of rules/iam; they are read before the clock starts.
import { checkCertificate } from '../src/engines/iam/symbolic/check-certificate.ts';
import { allowedBeyond } from '../src/engines/iam/symbolic/compare-policies.ts';
import type { Certificate } from '../src/engines/iam/symbolic/types.ts';
import { managedPolicies } from '../src/engines/iam/services/managed-policies.ts';
import { readIamData } from '../src/sources/assets.ts';
import { report, statistics } from './lib.ts';

/** Policies that allow no more than another one, as we hold it for the data of the day in rules/iam. */
const EXPECTED: Readonly<Record<string, number>> = { ReadOnlyAccess: 190 };

const [name = 'ReadOnlyAccess'] = process.argv.slice(2);
const { about, arns, managedPolicy } = managedPolicies(readIamData().managedPolicies);
const other = managedPolicy(`arn:aws:iam::aws:policy/${name}`);
if (other === undefined) throw new Error(`there is no managed policy ${name}`);
const policies = arns.flatMap((arn) => managedPolicy(arn) ?? []);
const counts = { found: 0, none: 0, undecided: 0 };
const undecided: string[] = [];
const times: number[] = [];
const certificates: Certificate[] = [];
for (const policy of policies) {
  const started = performance.now();
  const answer = allowedBeyond(policy, other, { checked: false });
  times.push(performance.now() - started);
  if (answer.kind === 'none') certificates.push(answer.certificate);
  counts[answer.kind]++;
  if (answer.kind === 'undecided') undecided.push(`${policy.name ?? ''}: ${answer.why}`);
}
const wrong = certificates.filter((certificate) => checkCertificate(certificate) !== undefined).length;
report({
  title: `AWS managed policies of ${about.date} (${about.source}) against ${name}`,
  facts: [
    `${policies.length} policies: ${counts.none} allow no more, ${counts.found} allow more, ${counts.undecided} undecided`,
    statistics(times),
    `${certificates.length} certificates checked besides: ${wrong} do not hold`,
  ],
  details: undecided,
  ok: wrong === 0 && counts.undecided === 0 && (EXPECTED[name] === undefined || EXPECTED[name] === counts.none),
});
