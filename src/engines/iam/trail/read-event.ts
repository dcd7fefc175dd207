import type { RequestPrincipal } from '../types.ts';
import { actionOf } from './action-names.ts';
import type { TrailReading } from './types.ts';

/** Reads one record: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export function readEvent(record: unknown, actionExists: (action: string) => boolean): TrailReading {
  if (!isRecord(record)) return skipped('no record of CloudTrail');
  const type = textOf(record.eventType);
  const [source, name] = [textOf(record.eventSource), textOf(record.eventName)];
  if (source === undefined || name === undefined) return skipped('no record of CloudTrail');
  if (type !== undefined && type !== 'AwsApiCall') return skipped(`no request to an API (${type})`);
  const identity = isRecord(record.userIdentity) ? record.userIdentity : {};
  const principal = principalOf(identity);
  if (typeof principal === 'string') return skipped(principal);
  const action = actionOf(source, name, actionExists);
  if (action === undefined) return skipped(`no action of IAM is known for ${source} ${name}`);
  const region = textOf(record.awsRegion) ?? '';
  return {
    kind: 'request',
    request: {
      id: textOf(record.eventID) ?? '',
      time: textOf(record.eventTime) ?? '',
      principal,
      action,
      resources: arnsOf(record.resources),
      account: principal.account ?? '',
      region,
      keys: keysOf(record, identity, action, region),
      refused: /AccessDenied|UnauthorizedOperation|NotAuthorized|Client\.Unauthorized/.test(
        textOf(record.errorCode) ?? '',
      ),
    },
  };
}

/** Who asked; in words, where service control policies do not bind them or they cannot be told. */
function principalOf(identity: Readonly<Record<string, unknown>>): RequestPrincipal | string {
  const arn = textOf(identity.arn) ?? '';
  const account = textOf(identity.accountId) ?? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
  if (account === undefined)
    return `made by ${textOf(identity.type) ?? 'nobody'}, whom no policy of the organisation binds`;
  switch (identity.type) {
    case 'IAMUser':
      return { kind: 'user', arn, account };
    case 'Root':
      return { kind: 'root', arn: `arn:aws:iam::${account}:root`, account };
    case 'FederatedUser':
      return { kind: 'federated-user', arn, account };
    case 'AssumedRole': {
      const session = isRecord(identity.sessionContext) ? identity.sessionContext : {};
      const role = isRecord(session.sessionIssuer) ? textOf(session.sessionIssuer.arn) : undefined;
      if (role === undefined) return 'made by a role that the record does not name';
      if (role.includes(':role/aws-service-role/'))
        return 'made by a service-linked role, which no policy of the organisation binds';
      return { kind: 'role-session', arn, account, role };
    }
    default:
      return `made by ${textOf(identity.type) ?? 'nobody'}, whom no policy of the organisation binds`;
  }
}

function keysOf(
  record: Readonly<Record<string, unknown>>,
  identity: Readonly<Record<string, unknown>>,
  action: string,
  region: string,
): ReadonlyMap<string, string | undefined> {
  const keys = new Map<string, string | undefined>([['aws:requestedregion', region]]);
  const time = textOf(record.eventTime);
  if (time !== undefined && !Number.isNaN(Date.parse(time))) {
    keys.set('aws:currenttime', time);
    keys.set('aws:epochtime', String(Math.floor(Date.parse(time) / 1000)));
  }
  const address = textOf(record.sourceIPAddress);
  const service = textOf(identity.invokedBy) ?? (address?.endsWith('.amazonaws.com') === true ? address : undefined);
  keys.set('aws:viaawsservice', String(service !== undefined));
  if (service === undefined) {
    for (const key of ['aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast']) keys.set(key, undefined);
    const endpoint = textOf(record.vpcEndpointId);
    keys.set('aws:sourcevpce', endpoint);
    // Behind an endpoint the address is one of the VPC's own.
    if (endpoint !== undefined) keys.set('aws:vpcsourceip', address).set('aws:sourceip', undefined);
    else {
      for (const key of ['aws:sourcevpc', 'aws:vpcsourceip']) keys.set(key, undefined);
      if (address !== undefined && /^[\d.:a-f]+$/i.test(address)) keys.set('aws:sourceip', address);
    }
  }
  const agent = textOf(record.userAgent);
  if (agent !== undefined) keys.set('aws:useragent', agent);
  if (isRecord(record.tlsDetails)) keys.set('aws:securetransport', 'true');
  const id = textOf(identity.principalId);
  if (id !== undefined) keys.set('aws:userid', id);
  sessionKeys(identity, keys);
  parameterKeys(action, isRecord(record.requestParameters) ? record.requestParameters : {}, keys);
  return keys;
}

function sessionKeys(identity: Readonly<Record<string, unknown>>, keys: Map<string, string | undefined>): void {
  const session = isRecord(identity.sessionContext) ? identity.sessionContext : undefined;
  const attributes = isRecord(session?.attributes) ? session.attributes : {};
  const mfa = textOf(attributes.mfaAuthenticated);
  if (mfa !== undefined) keys.set('aws:multifactorauthpresent', mfa);
  // A long-lived key has no session.
  if (session === undefined && identity.type === 'IAMUser') {
    for (const key of ['aws:multifactorauthpresent', 'aws:multifactorauthage', 'aws:tokenissuetime'])
      keys.set(key, undefined);
  }
  const created = textOf(attributes.creationDate);
  if (created !== undefined) keys.set('aws:tokenissuetime', created);
  keys.set('aws:assumedroot', textOf(session?.assumedRoot));
}

/** Keys that repeat a parameter of the request. */
const PARAMETERS: readonly (readonly [RegExp, string, string])[] = [
  [/^ec2:RunInstances$/, 'instanceType', 'ec2:instancetype'],
  [/^ec2:CreateVolume$/, 'encrypted', 'ec2:encrypted'],
  [/^rds:(?:Create|Restore)DB/, 'storageEncrypted', 'rds:storageencrypted'],
  [/^rds:(?:Create|Modify|Restore)DB/, 'dBInstanceClass', 'rds:databaseclass'],
  [/^elasticfilesystem:CreateFileSystem$/, 'encrypted', 'elasticfilesystem:encrypted'],
];

function parameterKeys(
  action: string,
  parameters: Readonly<Record<string, unknown>>,
  keys: Map<string, string | undefined>,
): void {
  for (const [actions, name, key] of PARAMETERS) {
    const value = actions.test(action) ? parameters[name] : undefined;
    if (typeof value === 'string' || typeof value === 'boolean') keys.set(key, String(value));
  }
}

function arnsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, 200).flatMap((one: unknown) => (isRecord(one) ? (textOf(one.ARN) ?? []) : []));
}

function skipped(why: string): TrailReading {
  return { kind: 'skipped', why };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
