import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../../test/terraform/answers.ts';
import { evaluated } from '../../../../test/terraform/evaluated.ts';
import { policyDocument } from './policy-document.ts';

function outputOf(source: string) {
  return evaluated(`${source}\noutput "json" { value = data.aws_iam_policy_document.it.json }`).outputs.get('json');
}

describe('aws_iam_policy_document', () => {
  it('is written as the provider writes it', () => {
    const json = outputOf(`data "aws_iam_policy_document" "it" {
  statement {
    sid       = "Read"
    actions   = ["s3:GetObject", "s3:ListBucket", "s3:GetObject"]
    resources = ["arn:aws:s3:::b/&{aws:username}"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::1:root", "arn:aws:iam::2:root"]
    }
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["b/<x>", "a/"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
  statement {
    effect        = "Deny"
    not_actions   = ["iam:*"]
    not_resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}`);
    expect(json?.kind === 'string' ? json.value : json).toBe(`{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": [
        "s3:ListBucket",
        "s3:GetObject"
      ],
      "Resource": "arn:aws:s3:::b/\${aws:username}",
      "Principal": {
        "AWS": [
          "arn:aws:iam::2:root",
          "arn:aws:iam::1:root"
        ]
      },
      "Condition": {
        "Bool": {
          "aws:SecureTransport": "true"
        },
        "StringLike": {
          "s3:prefix": [
            "b/\\u003cx\\u003e",
            "a/"
          ]
        }
      }
    },
    {
      "Effect": "Deny",
      "NotAction": "iam:*",
      "NotResource": "*",
      "Principal": "*"
    }
  ]
}`);
  });

  it('merges source and override documents by sid, and statements keep their places', () => {
    const { resources } = evaluated(`data "aws_iam_policy_document" "base" {
  statement {
    sid     = "A"
    actions = ["a:*"]
  }
  statement { actions = ["b:*"] }
}
data "aws_iam_policy_document" "it" {
  source_policy_documents   = [data.aws_iam_policy_document.base.json, jsonencode({ Statement = [{ Action = "c:*", Effect = "Allow" }] })]
  override_policy_documents = [jsonencode({ Statement = { Sid = "A", Effect = "Deny", Action = "z:*" } })]
  statement { actions = ["d:*"] }
}`);
    const it = resources.find(({ name }) => name === 'it');
    const document = it === undefined ? undefined : policyDocument(it);
    const statements = document?.kind === 'object' ? document.entries.get('Statement') : undefined;
    const items = statements?.kind === 'list' ? statements.items : [];
    expect(items.map((item) => (item.kind === 'object' ? answerOf(item.entries.get('Action') ?? item) : item))).toEqual(
      ['z:*', 'b:*', 'c:*', 'd:*'],
    );
    expect(items.map(({ origin }) => origin.at.startLine)).toEqual([10, 6, 9, 11]);
  });

  it('with an unknown part is unknown, and tells the rest', () => {
    const json = outputOf(`variable "bucket" {}
data "aws_iam_policy_document" "it" {
  statement {
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::\${var.bucket}"]
  }
}`);
    expect(json).toMatchObject({ kind: 'unknown', why: 'var.bucket has no value' });
    expect(json?.kind === 'unknown' && json.decoded !== undefined ? answerOf(json.decoded) : undefined).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: { $unknown: true } }],
    });
  });
});
