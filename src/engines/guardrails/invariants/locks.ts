import type { IamCondition } from '../../../facts/iam-policy/types.ts';
import { PLAIN, callOn } from '../forms.ts';
import { FAR_REGIONS, GLOBAL_SERVICES } from '../global-services.ts';
import type { Lock } from '../locks.ts';
import { matchesReferenceGlob } from '../../../lib/glob.ts';
import type { Form, Invariant } from '../types.ts';

/** Nothing is done in a region that the policies do not name; without a lock, nothing far from home. */
export function regionLock(lock: Lock | undefined): Invariant {
  const region = firstOutside(FAR_REGIONS, lock) ?? lock?.values[0] ?? 'ap-southeast-1';
  const context = new Map([['aws:requestedregion', region]]);
  const inRegion = (arn: string) => arn.replace('${Region}', region);
  return {
    id: 'regions',
    what: `work in regions ${wordsOf(lock)}`,
    severity: 'medium',
    forms: [
      {
        id: 'any request that is not of a global service',
        actions: { negated: true, patterns: GLOBAL_SERVICES },
        parts: [{ keyed: true }],
        variants: [PLAIN],
        conditions: outside('aws:RequestedRegion', lock),
        examples: [
          {
            action: 'lambda:CreateFunction',
            resources: [inRegion('arn:aws:lambda:${Region}:${Account}:function:drill')],
            context,
          },
          {
            action: 'ec2:CreateVpc',
            resources: [inRegion('arn:aws:ec2:${Region}:${Account}:vpc/vpc-0drill')],
            context,
          },
          { action: 's3:CreateBucket', resources: ['arn:aws:s3:::drill'], context },
          { action: 'sqs:CreateQueue', resources: [inRegion('arn:aws:sqs:${Region}:${Account}:drill')], context },
        ],
        manyActions: true,
      },
    ],
    except: [],
  };
}

const LARGE = ['p5.48xlarge', 'u-24tb1.metal', 'm7i.48xlarge', 'x2iedn.32xlarge', 't3.nano'];
const LARGE_CLASSES = ['db.r6i.32xlarge', 'db.x2iedn.32xlarge', 'db.t3.micro'];

/** No instance and no database is larger than the policies allow. */
export function instanceLock(types: Lock | undefined, classes: Lock | undefined): Invariant {
  const type = firstOutside(LARGE, types) ?? literal(types) ?? 'p5.48xlarge';
  const arn = 'arn:aws:ec2:${Region}:${Account}:';
  const run = callOn(
    'ec2:RunInstances',
    [
      { example: `${arn}instance/i-0drill`, keyed: true },
      { example: 'arn:aws:ec2:${Region}::image/ami-0drill' },
      { example: `${arn}network-interface/eni-0drill` },
      { example: `${arn}security-group/sg-0drill` },
      { example: `${arn}subnet/subnet-0drill` },
    ],
    [PLAIN],
  );
  const resize = callOn(
    'ec2:ModifyInstanceAttribute',
    [{ example: `${arn}instance/i-0drill`, keyed: true }],
    [{ context: new Map([['ec2:attribute', 'InstanceType']]), absent: [] }],
  );
  return {
    id: 'instance-types',
    what: `start instances of types ${wordsOf(types)}`,
    severity: 'low',
    forms: [
      withValue(run, 'ec2:InstanceType', types, type),
      withValue(resize, 'ec2:Attribute/InstanceType', types, type),
      ...(classes === undefined ? [] : databaseForms(classes)),
    ],
    except: [],
  };
}

function databaseForms(classes: Lock): Form[] {
  const value = firstOutside(LARGE_CLASSES, classes) ?? literal(classes) ?? 'db.r6i.32xlarge';
  return ['rds:CreateDBInstance', 'rds:ModifyDBInstance'].map((action) => {
    const form = callOn(action, [{ example: 'arn:aws:rds:${Region}:${Account}:db:drill', keyed: true }], [PLAIN]);
    return withValue(form, 'rds:DatabaseClass', classes, value);
  });
}

function withValue(form: Form, key: string, lock: Lock | undefined, value: string): Form {
  const context = new Map([[key.toLowerCase(), value]]);
  const examples = form.examples.map((example) => ({ ...example, context }));
  return { ...form, conditions: outside(key, lock), examples };
}

/** The request has the key, with a value that the lock does not let through; with any where there is no lock. */
function outside(key: string, lock: Lock | undefined): IamCondition[] {
  const present: IamCondition = { operator: 'Null', ifExists: false, key, values: ['false'] };
  if (lock === undefined) return [present];
  // A negated operator alone would hold where the key is absent.
  const operator = lock.kind === 'only' ? 'StringNotLike' : 'StringLike';
  return [present, { operator, ifExists: false, key, values: lock.values }];
}

function firstOutside(candidates: readonly string[], lock: Lock | undefined): string | undefined {
  return candidates.find((candidate) => {
    const named = lock?.values.some((value) => matchesReferenceGlob(value, candidate)) ?? false;
    return named === (lock?.kind === 'not');
  });
}

/** A value that a list of forbidden ones names. */
function literal(lock: Lock | undefined): string | undefined {
  return lock?.values[0]?.replaceAll('*', 'x').replaceAll('?', 'x');
}

function wordsOf(lock: Lock | undefined): string {
  if (lock === undefined) return 'that no policy limits';
  const shown = lock.values.length > 6 ? [...lock.values.slice(0, 6), `${lock.values.length - 6} more`] : lock.values;
  return lock.kind === 'only' ? `other than ${shown.join(', ')}` : `that are forbidden: ${shown.join(', ')}`;
}
