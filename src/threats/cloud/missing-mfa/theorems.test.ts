import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../facts/iam-policy/read-policy.ts';
import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import { factorContext, type Credential } from '../../../engines/iam/paths/credentials.ts';
import { checkCertificate } from '../../../engines/iam/symbolic/check-certificate.ts';
import { findRequest } from '../../../engines/iam/symbolic/find-request.ts';

type Condition = Readonly<Record<string, Readonly<Record<string, string>>>>;

const PRESENT = 'aws:MultiFactorAuthPresent';
const AGE = 'aws:MultiFactorAuthAge';
const alice = { kind: 'user', arn: 'arn:aws:iam::111122223333:user/alice', account: '111122223333' } as const;

function policy(...statements: readonly object[]): IamPolicy {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const { policy: read, problems } = readPolicy('policy.json', text);
  expect(problems).toEqual([]);
  return read;
}

function allowIf(condition: Condition): IamPolicy {
  return policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: condition });
}

function denyIf(condition: Condition): IamPolicy {
  return policy(
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: '*', Resource: '*', Condition: condition },
  );
}

/** Whether some request gets through: a witness, or a refutation that the checker accepts. */
function passes(document: IamPolicy, credential: Credential): boolean {
  const factor = [...factorContext(credential)];
  const answer = findRequest({
    policies: { identity: [document] },
    principal: alice,
    space: {
      context: new Map(factor.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))),
      absent: factor.flatMap(([key, value]) => (value === undefined ? [key] : [])),
    },
  });
  if (answer.kind === 'undecided') throw new Error(answer.why);
  if (answer.kind === 'none') expect(checkCertificate(answer.certificate)).toBeUndefined();
  return answer.kind === 'found';
}

/** A key says nothing about MFA, a password alone says `false`, MFA says `true`; a role's session says nothing. */
describe('theorems about conditions on a second factor', () => {
  it.each<[string, IamPolicy, { key: boolean; console: boolean; mfa: boolean; session: boolean }]>([
    [
      'Allow if Bool true: only MFA passes',
      allowIf({ Bool: { [PRESENT]: 'true' } }),
      { key: false, console: false, mfa: true, session: false },
    ],
    [
      'Allow if BoolIfExists true: an absent key passes',
      allowIf({ BoolIfExists: { [PRESENT]: 'true' } }),
      { key: true, console: false, mfa: true, session: true },
    ],
    [
      'Deny if Bool false: an absent key is not denied',
      denyIf({ Bool: { [PRESENT]: 'false' } }),
      { key: true, console: false, mfa: true, session: true },
    ],
    [
      'Deny if BoolIfExists false: only MFA passes',
      denyIf({ BoolIfExists: { [PRESENT]: 'false' } }),
      { key: false, console: false, mfa: true, session: false },
    ],
    [
      'Allow if Null false: a password alone passes, because the key is there and says false',
      allowIf({ Null: { [PRESENT]: 'false' } }),
      { key: false, console: true, mfa: true, session: false },
    ],
    [
      'Deny if Null true: the same',
      denyIf({ Null: { [PRESENT]: 'true' } }),
      { key: false, console: true, mfa: true, session: false },
    ],
    [
      'Allow if NumericLessThan age: the age is absent without MFA',
      allowIf({ NumericLessThan: { [AGE]: '3600' } }),
      { key: false, console: false, mfa: true, session: false },
    ],
    [
      'Allow if NumericLessThanIfExists age: an absent age passes',
      allowIf({ NumericLessThanIfExists: { [AGE]: '3600' } }),
      { key: true, console: true, mfa: true, session: true },
    ],
    [
      'Deny if NumericGreaterThan age: an absent age is not denied',
      denyIf({ NumericGreaterThan: { [AGE]: '3600' } }),
      { key: true, console: true, mfa: true, session: true },
    ],
    [
      'Allow if ForAllValues true: an absent key passes',
      allowIf({ 'ForAllValues:Bool': { [PRESENT]: 'true' } }),
      { key: true, console: false, mfa: true, session: true },
    ],
  ])('%s', (_name, document, expected) => {
    for (const [credential, wanted] of Object.entries(expected))
      expect(passes(document, credential as Credential), credential).toBe(wanted);
  });
});
