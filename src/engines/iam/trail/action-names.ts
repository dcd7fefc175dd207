/**
 * Where CloudTrail calls a request other than IAM does. By the CloudTrail and service authorisation references, as of 2026-11:
 * services by the first label of `eventSource`, requests by IAM's prefix and `eventName`.
 */

const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['monitoring', 'cloudwatch'],
  ['email', 'ses'],
  ['application-autoscaling', 'application-autoscaling'],
  ['models.lex', 'lex'],
  ['runtime.lex', 'lex'],
  ['entitlement.marketplace', 'aws-marketplace'],
  ['metering-marketplace', 'aws-marketplace'],
  ['streams.dynamodb', 'dynamodb'],
  ['tagging', 'tag'],
  ['signin', 'signin'],
  ['cloudcontrolapi', 'cloudformation'],
  ['api.ecr-public', 'ecr-public'],
]);

const NAMES: ReadonlyMap<string, string> = new Map([
  ['s3:ListObjects', 's3:ListBucket'],
  ['s3:ListObjectsV2', 's3:ListBucket'],
  ['s3:HeadBucket', 's3:ListBucket'],
  ['s3:ListObjectVersions', 's3:ListBucketVersions'],
  ['s3:ListBuckets', 's3:ListAllMyBuckets'],
  ['s3:HeadObject', 's3:GetObject'],
  ['s3:CopyObject', 's3:PutObject'],
  ['s3:PostObject', 's3:PutObject'],
  ['s3:CreateMultipartUpload', 's3:PutObject'],
  ['s3:UploadPart', 's3:PutObject'],
  ['s3:UploadPartCopy', 's3:PutObject'],
  ['s3:CompleteMultipartUpload', 's3:PutObject'],
  ['s3:ListMultipartUploads', 's3:ListBucketMultipartUploads'],
  ['s3:ListParts', 's3:ListMultipartUploadParts'],
  ['s3:DeleteObjects', 's3:DeleteObject'],
  ['s3:PutBucketEncryption', 's3:PutEncryptionConfiguration'],
  ['s3:DeleteBucketEncryption', 's3:PutEncryptionConfiguration'],
  ['s3:GetBucketEncryption', 's3:GetEncryptionConfiguration'],
  ['s3:PutBucketLifecycle', 's3:PutLifecycleConfiguration'],
  ['s3:PutBucketLifecycleConfiguration', 's3:PutLifecycleConfiguration'],
  ['s3:GetBucketLifecycle', 's3:GetLifecycleConfiguration'],
  ['s3:GetBucketLifecycleConfiguration', 's3:GetLifecycleConfiguration'],
  ['s3:DeleteBucketLifecycle', 's3:PutLifecycleConfiguration'],
  ['s3:PutBucketReplication', 's3:PutReplicationConfiguration'],
  ['s3:GetBucketReplication', 's3:GetReplicationConfiguration'],
  ['s3:PutPublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
  ['s3:GetPublicAccessBlock', 's3:GetBucketPublicAccessBlock'],
  ['s3:DeletePublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
  ['s3:DeleteBucketCors', 's3:PutBucketCORS'],
  ['s3:PutBucketCors', 's3:PutBucketCORS'],
  ['s3:GetBucketCors', 's3:GetBucketCORS'],
  ['s3:DeleteBucketTagging', 's3:PutBucketTagging'],
  ['lambda:Invoke', 'lambda:InvokeFunction'],
]);

/** The IAM action of a recorded request; undefined where none of those that exist goes by that name. */
export function actionOf(
  eventSource: string,
  eventName: string,
  exists: (action: string) => boolean,
): string | undefined {
  const host = eventSource.replace(/\.amazonaws\.com(?:\.cn)?$/, '');
  const prefix = PREFIXES.get(host) ?? host;
  // Lambda and CloudFront write the version of their API behind the name.
  const name = eventName.replace(/\d{4}_?\d{2}_?\d{2}(?:v\d+)?$/, '');
  const known = NAMES.get(`${prefix}:${name}`) ?? `${prefix}:${name}`;
  return exists(known) ? known : undefined;
}
