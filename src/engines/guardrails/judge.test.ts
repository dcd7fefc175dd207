import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../facts/iam-policy/read-policy.ts';
import type { SourceLocation } from '../../model/index.ts';
import { readIamData } from '../../sources/assets.ts';
import { exactly } from '../iam/account/bounded.ts';
import type { Organisation, OrganisationNode } from '../iam/account/organisation-types.ts';
import { evaluate } from '../iam/concrete/evaluate.ts';
import { serviceData } from '../iam/services/service-data.ts';
import { EVERYTHING, FOREIGN_ACCOUNT } from './administrators.ts';
import { customInvariant } from './custom.ts';
import { cloudtrail, config, guardduty, leaving } from './invariants/audit.ts';
import { instanceLock, regionLock } from './invariants/locks.ts';
import { rootUse } from './invariants/root-use.ts';
import { unencryptedStorage } from './invariants/unencrypted-storage.ts';
import { usersAndKeys } from './invariants/users-and-keys.ts';
import { appliedTo, judgeForm } from './judge.ts';
import type { FormAnswer, Invariant } from './types.ts';

const services = serviceData(readIamData().services);
const realism = { actions: services.actions, arnTemplates: services.arnTemplates };
const ACCOUNT = '111122223333';
const at: SourceLocation = { path: 'scp.json', startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
const ALL = [
  usersAndKeys,
  unencryptedStorage,
  regionLock({ kind: 'only', values: ['eu-west-1'] }),
  instanceLock({ kind: 'only', values: ['t3.*'] }, { kind: 'only', values: ['db.t3.*'] }),
  leaving,
  cloudtrail,
  guardduty,
  config,
  rootUse,
];

function organisation(...statements: readonly object[]): Organisation {
  const { policy, problems } = readPolicy('scp.json', JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  if (statements.length > 0) expect(problems).toEqual([]);
  const scp = { name: 'scp', source: 'scp', policy: exactly(policy), at, attachedAt: at };
  const full = { ...scp, name: 'FullAWSAccess', policy: exactly(EVERYTHING) };
  const node = (id: string, kind: 'root' | 'account', serviceControl: OrganisationNode['serviceControl']) => ({
    id,
    kind,
    name: id,
    source: id,
    at,
    ...(kind === 'root' ? {} : { parent: 'r-root' }),
    serviceControl,
    resourceControl: [],
  });
  const root = node('r-root', 'root', statements.length === 0 ? [full] : [full, scp]);
  const nodes = new Map([
    ['r-root', root],
    [ACCOUNT, node(ACCOUNT, 'account', [full])],
  ]);
  return {
    source: 'o',
    at,
    root,
    nodes,
    enabled: { serviceControl: true, resourceControl: false },
    delegated: [],
    gaps: [],
  };
}

function answers(invariant: Invariant, ...statements: readonly object[]): Map<string, FormAnswer> {
  const site = {
    account: ACCOUNT,
    region: 'eu-west-1',
    instanceType: 't3.micro',
    now: new Date('2026-11-21T00:00:00Z'),
  };
  const bounds = { organisation: organisation(...statements), unknownsAt: () => [], realism };
  return new Map(invariant.forms.map((form) => [form.id, judgeForm(form, invariant, site, bounds)]));
}

const kinds = (found: Map<string, FormAnswer>) => new Set([...found.values()].map(({ kind }) => kind));
const deny = (Action: unknown, Condition?: object, Resource: unknown = '*') => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

describe.each(ALL)('$id', (invariant) => {
  it('names actions that AWS has, on resources that they have', () => {
    for (const { actions, examples, parts, manyActions } of invariant.forms) {
      if (manyActions !== true) expect(actions.patterns.filter((action) => !services.actionExists(action))).toEqual([]);
      for (const { action, resources } of examples) {
        expect(services.actionExists(action), action).toBe(true);
        expect(resources).toHaveLength(parts.length);
      }
    }
  });

  it('asks for keys that AWS documents for the action', () => {
    for (const { id, actions, variants, manyActions } of invariant.forms) {
      if (manyActions === true) continue;
      const known = actions.patterns.flatMap(services.conditionKeys).map((key) => key.toLowerCase());
      for (const key of variants.flatMap(({ context, absent }) => [...context.keys(), ...absent]))
        // The reference lists the key of a cluster at its instances.
        expect([...known, 'rds:storageencrypted'], id).toContain(key);
    }
  });

  it('passes where nothing is denied, by requests that the concrete evaluator allows', () => {
    const found = answers(invariant);
    expect(kinds(found)).toEqual(new Set(['passes']));
    for (const answer of found.values())
      for (const request of answer.kind === 'passes' ? answer.requests : [])
        expect(
          evaluate(request, appliedTo(ACCOUNT, 'least', request.resourceAccount === FOREIGN_ACCOUNT, organisation()))
            .decision,
        ).toBe('Allowed');
  });

  it('is blocked where everything is denied, and where its actions are', () => {
    expect(kinds(answers(invariant, deny('*')))).toEqual(new Set(['blocked']));
    const actions = invariant.forms.flatMap((form) => (form.manyActions === true ? ['*'] : form.actions.patterns));
    expect(kinds(answers(invariant, deny(actions)))).toEqual(new Set(['blocked']));
  });

  it('passes by whoever a policy excepts, unless that is declared', () => {
    if (invariant.asRoot === true) return;
    const except = 'arn:aws:iam::*:role/break-glass';
    const statement = deny('*', { ArnNotLike: { 'aws:PrincipalArn': except } });
    expect(kinds(answers(invariant, statement))).toEqual(new Set(['passes']));
    expect(kinds(answers({ ...invariant, except: [except] }, statement))).toEqual(new Set(['blocked']));
  });
});

describe('a call on several resources', () => {
  it('is stopped by a refusal at one of them', () => {
    const at = (type: string) =>
      answers(unencryptedStorage, deny('ec2:RunInstances', undefined, `arn:aws:ec2:*:*:${type}/*`)).get(
        'ec2:RunInstances',
      );
    expect(at('subnet')?.kind).toBe('blocked');
    expect(at('volume')?.kind).toBe('blocked');
    expect(at('key-pair')?.kind).toBe('passes');
  });

  it('does not pass where its resources pass in different regions alone', () => {
    const only = (region: string, type: string) =>
      deny('ec2:RunInstances', { StringNotEquals: { 'aws:RequestedRegion': region } }, `arn:aws:ec2:*:*:${type}/*`);
    const found = (...regions: readonly [string, string]) =>
      answers(unencryptedStorage, only(regions[0], 'volume'), only(regions[1], 'instance')).get('ec2:RunInstances')
        ?.kind;
    expect(found('us-east-1', 'us-east-1')).toBe('passes');
    expect(found('us-east-1', 'us-west-2')).not.toBe('passes');
  });

  it('is told apart by its key, absent where AWS may leave it out', () => {
    const encrypted = (operator: string, key: string, action: string) =>
      answers(unencryptedStorage, deny(action, { [operator]: { [key]: 'false' } })).get(action)?.kind;
    expect(encrypted('Bool', 'ec2:Encrypted', 'ec2:CreateVolume')).toBe('blocked');
    expect(encrypted('Bool', 'rds:StorageEncrypted', 'rds:CreateDBInstance')).toBe('undecided');
    expect(encrypted('BoolIfExists', 'rds:StorageEncrypted', 'rds:CreateDBInstance')).toBe('blocked');
  });

  it('is stopped at what another account shares', () => {
    const own = deny(['rds:CopyDBSnapshot', 'rds:RestoreDBClusterFromSnapshot'], {
      StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' },
    });
    const found = answers(unencryptedStorage, own);
    expect(found.get('rds:CopyDBSnapshot')?.kind).toBe('blocked');
    expect(found.get('rds:RestoreDBClusterFromSnapshot')?.kind).toBe('blocked');
    expect(found.get('rds:CopyDBClusterSnapshot')?.kind).toBe('passes');
  });
});

describe('a lock', () => {
  it.each(['StringNotLike', 'StringNotLikeIfExists', 'ForAnyValue:StringNotLike'])('holds by %s', (operator) => {
    const lock = instanceLock({ kind: 'only', values: ['t3.*'] }, undefined);
    const types = deny('ec2:*', { [operator]: { 'ec2:InstanceType': 't3.*' } });
    // Resizing carries the new type under another key.
    expect([...answers(lock, types)].map(([id, { kind }]) => `${id} ${kind}`)).toEqual([
      'ec2:RunInstances blocked',
      'ec2:ModifyInstanceAttribute passes',
    ]);
  });

  it('of forbidden values is about these', () => {
    const lock = regionLock({ kind: 'not', values: ['us-*'] });
    const region = (operator: string) =>
      kinds(answers(lock, deny('*', { [operator]: { 'aws:RequestedRegion': 'us-*' } })));
    expect([region('StringLike'), region('StringNotLike')]).toEqual([new Set(['blocked']), new Set(['passes'])]);
  });
});

describe('customInvariant', () => {
  const written = {
    id: 'urls',
    deny: {
      actions: ['lambda:CreateFunctionUrlConfig'],
      condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
    },
  };

  it('has a plain call that is what it denies', () => {
    const read = customInvariant(written, realism);
    if ('problem' in read) throw new Error(read.problem);
    expect(read.forms[0].examples[0]?.context?.get('lambda:functionurlauthtype')).toBe('NONE');
    expect(
      kinds(answers(read, deny('lambda:*', { StringNotEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } }))),
    ).toEqual(new Set(['blocked']));
    expect(kinds(answers(read))).toEqual(new Set(['passes']));
  });

  it('says what is wrong with it', () => {
    expect(
      customInvariant({ id: 'x', deny: { actions: ['a:b'], condition: { Nonsense: { k: 'v' } } } }, realism),
    ).toHaveProperty('problem');
    expect(customInvariant({ id: 'x', deny: { actions: ['nothing:Here'] } }, realism)).toEqual({
      problem: 'no request is what it denies',
    });
  });
});
