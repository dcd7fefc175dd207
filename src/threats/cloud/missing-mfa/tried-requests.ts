import type { Credential } from '../../../engines/iam/paths/credentials.ts';
import type { Identity } from '../../../engines/iam/paths/identities.ts';
import type { IamRequest } from '../../../engines/iam/types.ts';
import { requestOf } from '../../replay-requests.ts';

/** What somebody with a stolen key tries first: identity, secrets, data, machines, logs. */
const TRIED = [
  ['iam:CreateUser', 'arn:aws:iam::{account}:user/drill'],
  ['iam:AttachUserPolicy', '{self}'],
  ['iam:CreateAccessKey', 'arn:aws:iam::{account}:user/drill'],
  ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:{account}:secret:drill-000000'],
  ['s3:GetObject', 'arn:aws:s3:::drill/key'],
  ['s3:ListAllMyBuckets', '*'],
  ['ec2:RunInstances', 'arn:aws:ec2:eu-west-1:{account}:instance/*'],
  ['lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:{account}:function:drill'],
  ['cloudtrail:StopLogging', 'arn:aws:cloudtrail:eu-west-1:{account}:trail/drill'],
  ['ec2:DescribeInstances', '*'],
] as const;

/** Those requests as somebody would make them, signed in so. */
export function triedRequests(identity: Identity, credential: Credential): IamRequest[] {
  return TRIED.map(([action, resource]) =>
    requestOf(
      { identity, credential },
      action,
      resource.replace('{account}', identity.account).replace('{self}', identity.arn),
    ),
  );
}
