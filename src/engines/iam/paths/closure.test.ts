import { describe, expect, it } from 'vitest';
import { worldOf } from '../../../../test/iam-world.ts';
import { Closure, pathModel, pathsToAdministrators, pathsToPrincipal, startsOf, whoCan } from './index.ts';

const ACCOUNT = '333333333333';
const PROVIDER = `provider "aws" {
  region = "eu-west-1"
  allowed_account_ids = ["${ACCOUNT}"]
}`;

function statement(action: string, resource = '*', condition = ''): string {
  return `{ Effect = "Allow", Action = ${action}, Resource = "${resource}"${condition === '' ? '' : `, Condition = ${condition}`} }`;
}

function document(...statements: readonly string[]): string {
  return `jsonencode({ Version = "2012-10-17", Statement = [${statements.join(', ')}] })`;
}

/** A user with a key. */
function user(name: string, ...statements: readonly string[]): string {
  return `
    resource "aws_iam_user" "${name}" { name = "${name}" }
    resource "aws_iam_access_key" "${name}" { user = aws_iam_user.${name}.name }
    resource "aws_iam_user_policy" "${name}" {
      name = "rights"
      user = aws_iam_user.${name}.name
      policy = ${document(...statements)}
    }`;
}

function role(name: string, principal: string, rights: string, condition = ''): string {
  const trust = `{ Effect = "Allow", Action = "sts:AssumeRole", Principal = ${principal}${condition === '' ? '' : `, Condition = ${condition}`} }`;
  return `
    resource "aws_iam_role" "${name}" {
      name = "${name}"
      assume_role_policy = ${document(trust)}
    }
    resource "aws_iam_role_policy" "${name}" {
      name = "rights"
      role = aws_iam_role.${name}.name
      policy = ${document(rights)}
    }`;
}

const ROOT = `{ AWS = "arn:aws:iam::${ACCOUNT}:root" }`;
const MFA = '{ Bool = { "aws:MultiFactorAuthPresent" = "true" } }';
const ALL = statement('"*"');

/** How each start reaches an administrator: `ann#key: sts-001`. */
function ways(...parts: readonly string[]): string[] {
  const model = pathModel(worldOf({ '': [PROVIDER, ...parts].join('\n') }));
  return pathsToAdministrators(model, new Closure(model)).map(
    ({ start, steps, certainty }) =>
      `${start.id.replace(/^arn:.*\//, '')}: ${steps.map(({ edge }) => edge.by).join(' ')}${certainty === 'possible' ? '?' : ''}`,
  );
}

describe('who becomes administrator', () => {
  it('by assuming a role, with MFA where the trust asks for it', () => {
    const ann = user('ann', statement('"sts:AssumeRole"'));
    expect(ways(ann, role('admin', ROOT, ALL))).toEqual(['ann#key: sts-001', 'ann#mfa: sts-001']);
    expect(ways(ann, role('admin', ROOT, ALL, MFA))).toEqual(['ann#mfa: sts-001']);
  });

  it('by a device that a thief enrols', () => {
    const ann = user('ann', statement('["sts:AssumeRole", "iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]'));
    expect(ways(ann, role('admin', ROOT, ALL, MFA))).toEqual(['ann#key: enrol-mfa sts-001', 'ann#mfa: sts-001']);
  });

  it('not through a role, when the next asks for MFA: sessions say nothing of it', () => {
    const ann = user('ann', statement('"sts:AssumeRole"', `arn:aws:iam::${ACCOUNT}:role/step`));
    const step = role('step', ROOT, statement('"sts:AssumeRole"'));
    const admin = (condition: string) => role('admin', `{ AWS = aws_iam_role.step.arn }`, ALL, condition);
    expect(ways(ann, step, admin(''))).toEqual(['ann#key: sts-001 sts-001', 'ann#mfa: sts-001 sts-001']);
    expect(ways(ann, step, admin(MFA))).toEqual([]);
  });

  it.each([
    ['iam-007', statement('"iam:PutUserPolicy"', `arn:aws:iam::${ACCOUNT}:user/ann`)],
    ['iam-002', statement('"iam:CreateAccessKey"', `arn:aws:iam::${ACCOUNT}:user/root`)],
    ['iam-012', statement('"iam:UpdateAssumeRolePolicy"')],
    ['lambda-001', statement('["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]')],
    ['iam-013', statement('"iam:AddUserToGroup"')],
    ['iam-005 sts-001', `${statement('"iam:PutRolePolicy"')}, ${statement('"sts:AssumeRole"')}`],
  ])('by %s', (way, rights) => {
    const found = ways(
      user('ann', rights),
      way.startsWith('lambda') || way === 'iam-012' ? role('admin', '{ Service = "lambda.amazonaws.com" }', ALL) : '',
      way === 'iam-002' ? user('root', ALL) : '',
      way === 'iam-013'
        ? `resource "aws_iam_group" "g" { name = "g" }
           resource "aws_iam_group_policy_attachment" "g" {
             group = aws_iam_group.g.name
             policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
           }`
        : '',
      way.startsWith('iam-005') ? role('plain', ROOT, statement('"s3:GetObject"')) : '',
    );
    expect(found).toContain(`ann#key: ${way === 'iam-005 sts-001' ? 'sts-001 iam-005' : way}`);
  });

  it('not by passing a role to a service that it does not trust', () => {
    const rights = statement('["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]');
    expect(ways(user('ann', rights), role('admin', '{ Service = "ec2.amazonaws.com" }', ALL))).toEqual([]);
  });

  it('not with a boundary, unless it can be taken away', () => {
    const bound = (more: string) =>
      `resource "aws_iam_policy" "b" {
         name = "b"
         policy = ${document(statement(`["s3:*"${more}]`))}
       }` +
      user('ann', ALL)
        .replace('name = "ann" }', 'name = "ann"\n permissions_boundary = aws_iam_policy.b.arn }')
        .replace('{ name = "ann"', '{\n name = "ann"');
    expect(ways(bound(''))).toEqual([]);
    expect(ways(bound(', "iam:DeleteUserPermissionsBoundary", "iam:PutUserPolicy"'))).toEqual([
      'ann#key: iam-007',
      'ann#mfa: iam-007',
    ]);
    for (const action of [
      'iam:DeleteUserPermissionsBoundary',
      'iam:PutUserPermissionsBoundary',
      'iam:CreatePolicyVersion',
    ])
      expect(ways(bound(`, "${action}"`)), action).toEqual(['ann#key: boundary', 'ann#mfa: boundary']);
    expect(ways(bound(', "iam:PutRolePermissionsBoundary"'))).toEqual([]);
  });

  it('not with a key, where a deny asks for MFA', () => {
    const deny = `{ Effect = "Deny", Action = "*", Resource = "*", Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } }`;
    expect(ways(user('ann', ALL, deny))).toEqual(['ann#mfa: ']);
  });

  it('possibly, where a policy is not in sight', () => {
    const far = `resource "aws_iam_user_policy_attachment" "ann" {
      user = aws_iam_user.ann.name
      policy_arn = "arn:aws:iam::${ACCOUNT}:policy/far"
    }`;
    expect(ways(user('ann', statement('"s3:GetObject"')), far)).toEqual(['ann#key: ?', 'ann#mfa: ?']);
  });

  it('from another account, where a trust policy names it', () => {
    expect(ways(role('admin', '{ AWS = "999988887777" }', ALL))).toEqual(['anybody in account 999988887777: sts-001']);
  });
});

describe('other questions', () => {
  const world = worldOf({
    '': [PROVIDER, user('ann', ALL), user('ben', statement('"s3:GetObject"', 'arn:aws:s3:::shop/*'))].join('\n'),
  });
  const model = pathModel(world);
  const closure = new Closure(model);

  it('who becomes a named principal: also as administrator of its account', () => {
    const ben = `arn:aws:iam::${ACCOUNT}:user/ben`;
    const found = pathsToPrincipal(ben, model, closure).map(({ start, steps }) => [
      start.id.replace(/^.*\//, ''),
      steps.map(({ edge }) => edge.by),
    ]);
    expect(found).toContainEqual(['ann#key', ['iam-002']]);
    expect(found).toContainEqual(['ben#key', []]);
  });

  it('who may do something', () => {
    const able = whoCan('s3:GetObject', 'arn:aws:s3:::shop/a', model, closure);
    expect(able.map(({ start, certainty }) => [start.id.replace(/^.*\//, ''), certainty])).toEqual([
      ['ann#key', 'certain'],
      ['ann#mfa', 'certain'],
      ['ben#key', 'certain'],
      ['ben#mfa', 'certain'],
    ]);
    const others = whoCan('s3:GetObject', 'arn:aws:s3:::other/a', model, closure);
    expect(others.map(({ start }) => start.id.replace(/^.*\//, ''))).toEqual(['ann#key', 'ann#mfa']);
  });

  it('who begins', () => {
    expect(startsOf(model).map(({ kind, certainty }) => [kind, certainty])).toEqual(
      Array.from({ length: 4 }, () => ['person', 'certain']),
    );
  });
});
