import { PLAIN, only } from '../forms.ts';
import type { Invariant } from '../types.ts';

/** The root user of a member account is for nothing; what needs it is done through sessions that the management account gives. */
export const rootUse: Invariant = {
  id: 'root-use',
  what: 'be used as its root user',
  severity: 'medium',
  forms: [
    {
      id: 'any request of the root user',
      actions: only('*'),
      parts: [{ keyed: true }],
      variants: [{ ...PLAIN, absent: ['aws:assumedroot'] }],
      examples: [
        { action: 'iam:CreateAccessKey', resources: ['arn:aws:iam::${Account}:root'] },
        { action: 's3:ListAllMyBuckets', resources: ['*'] },
        { action: 'ec2:RunInstances', resources: ['arn:aws:ec2:${Region}:${Account}:instance/i-0drill'] },
        { action: 's3:PutBucketPolicy', resources: ['arn:aws:s3:::drill'] },
      ],
      manyActions: true,
    },
  ],
  except: [],
  asRoot: true,
};
