import type { IamPrincipal } from '../../../../facts/iam-policy/types.ts';
import { allowing, possibly } from '../bounded.ts';
import type { BoundedPolicy } from '../../types.ts';
import { textAt, unresolved, writtenAt, type ResourceView } from '../view.ts';
import { documentAt, type ResourceReader, type TerraformContext } from './context.ts';

interface PolicyPlace {
  readonly service: string;
  /** Attribute with the document. */
  readonly document: string;
  /** Attribute that names the resource, by ARN or otherwise. */
  readonly resource: string;
  /** Makes an ARN of the name; `{account}` and `{region}` are those of the resource. */
  readonly arn?: (name: string, account: string) => string;
}

const bucketArn = (name: string) => `arn:aws:s3:::${name}`;
const repositoryArn = (name: string, account: string) => `arn:aws:ecr:*:${account}:repository/${name}`;
const queueArn = (url: string, account: string) =>
  /^https:\/\/sqs\.([\w-]+)\.amazonaws\.com\/(\d{12})\/(.+)$/
    .exec(url)
    ?.slice(1)
    .join(':')
    .replace(/^/, 'arn:aws:sqs:') ?? `arn:aws:sqs:*:${account}:${url.slice(url.lastIndexOf('/') + 1)}`;

/** Where resources carry their policies, by type. */
const PLACES: ReadonlyMap<string, PolicyPlace> = new Map([
  ['aws_s3_bucket_policy', { service: 's3', document: 'policy', resource: 'bucket', arn: bucketArn }],
  ['aws_s3_bucket', { service: 's3', document: 'policy', resource: 'bucket', arn: bucketArn }],
  ['aws_kms_key', { service: 'kms', document: 'policy', resource: 'arn' }],
  ['aws_kms_key_policy', { service: 'kms', document: 'policy', resource: 'key_id' }],
  ['aws_sqs_queue', { service: 'sqs', document: 'policy', resource: 'arn' }],
  ['aws_sqs_queue_policy', { service: 'sqs', document: 'policy', resource: 'queue_url', arn: queueArn }],
  ['aws_sns_topic', { service: 'sns', document: 'policy', resource: 'arn' }],
  ['aws_sns_topic_policy', { service: 'sns', document: 'policy', resource: 'arn' }],
  ['aws_secretsmanager_secret', { service: 'secretsmanager', document: 'policy', resource: 'arn' }],
  ['aws_secretsmanager_secret_policy', { service: 'secretsmanager', document: 'policy', resource: 'secret_arn' }],
  ['aws_ecr_repository_policy', { service: 'ecr', document: 'policy', resource: 'repository', arn: repositoryArn }],
]);

export const RESOURCE_POLICY_TYPES: readonly string[] = [...PLACES.keys()];

/** Policies at buckets, keys, queues, topics, secrets and repositories. */
export const readResourcePolicy: ResourceReader = (view, context) => {
  const place = PLACES.get(view.resource.type);
  if (place === undefined) return;
  const written = writtenAt(view, place.document);
  if (written === undefined && view.resource.type !== 'aws_kms_key') return;
  const name = textAt(view, place.resource);
  if (name === undefined) {
    // The default policy of a key changes nothing that anybody could see elsewhere.
    if (written !== undefined)
      context.draft.gaps.push(
        unresolved(`the resource of ${view.resource.address}`, view.value(place.resource), view.at),
      );
    return;
  }
  const arn = name.startsWith('arn:') || place.arn === undefined ? name : place.arn(name, view.account);
  const policy = documentAt(view, place.document, `policy of ${arn}`) ?? defaultKeyPolicy(view);
  add(view, place.service, arn, policy, context);
};

/** A key without a policy leaves everything to the identity policies of its account: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html. */
function defaultKeyPolicy(view: ResourceView): BoundedPolicy {
  return allowing(
    { name: 'default key policy', at: view.at },
    {
      principals: { negated: false, principals: [{ type: 'AWS', value: `arn:aws:iam::${view.account}:root` }] },
      actions: { negated: false, patterns: ['kms:*'] },
      resources: { negated: false, patterns: ['*'] },
      conditions: [],
      at: view.at,
    },
  );
}

/** `aws_lambda_permission`: one statement of a function's policy. */
export const readLambdaPermission: ResourceReader = (view, context) => {
  const [name, principal] = [textAt(view, 'function_name'), textAt(view, 'principal')];
  const action = textAt(view, 'action');
  if (name === undefined || principal === undefined || action === undefined) {
    context.draft.gaps.push(unresolved(`what ${view.resource.address} allows`, view.value('function_name'), view.at));
    return;
  }
  const arn = name.startsWith('arn:') ? name : `arn:aws:lambda:*:${view.account}:function:${name}`;
  const condition = (operator: 'ArnLike' | 'StringEquals', key: string, attribute: string) => {
    const value = textAt(view, attribute);
    return value === undefined || writtenAt(view, attribute) === undefined
      ? []
      : [{ operator, ifExists: false, key, values: [value] }];
  };
  const policy = allowing(
    { name: `policy of ${arn}`, at: view.at },
    {
      principals: { negated: false, principals: [principalOf(principal)] },
      actions: { negated: false, patterns: [action] },
      resources: { negated: false, patterns: [arn, `${arn}:*`] },
      conditions: [
        ...condition('ArnLike', 'aws:SourceArn', 'source_arn'),
        ...condition('StringEquals', 'aws:SourceAccount', 'source_account'),
        ...condition('StringEquals', 'aws:PrincipalOrgID', 'principal_org_id'),
      ],
      at: view.at,
    },
  );
  add(view, 'lambda', arn, policy, context);
};

function principalOf(value: string): IamPrincipal {
  return { type: value.endsWith('.amazonaws.com') ? 'Service' : 'AWS', value };
}

function add(
  view: ResourceView,
  service: string,
  arn: string,
  found: BoundedPolicy,
  { draft }: TerraformContext,
): void {
  const policy = view.uncertain === undefined ? found : possibly(found, view.uncertain, view.at);
  const { address } = view.resource;
  draft.resourcePolicies.push({ resource: arn, service, account: view.account, source: address, policy, at: view.at });
}
