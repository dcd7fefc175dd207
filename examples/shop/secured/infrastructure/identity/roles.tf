data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.accounts.identity}:root"]
    }

    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }

    condition {
      test     = "NumericLessThan"
      variable = "aws:MultiFactorAuthAge"
      values   = ["3600"]
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    actions = [
      "cloudwatch:GetMetricData",
      "cloudwatch:ListMetrics",
      "ecr:DescribeImages",
      "ecr:DescribeRepositories",
      "eks:DescribeCluster",
      "eks:ListClusters",
      "logs:DescribeLogGroups",
      "logs:FilterLogEvents",
      "logs:GetLogEvents",
      "rds:DescribeDBInstances",
    ]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "build" {
  source_policy_documents = [data.aws_iam_policy_document.read.json]

  statement {
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"]
    resources = ["arn:aws:s3:::shop-dev-*"]
  }

  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:SendMessage", "sqs:DeleteMessage"]
    resources = ["arn:aws:sqs:${var.region}:${var.accounts.dev}:shop-*"]
  }
}

resource "aws_iam_role" "developer_prod" {
  provider = aws.prod

  name                 = "developer"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "developer_prod" {
  provider = aws.prod

  name   = "read"
  role   = aws_iam_role.developer_prod.name
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_role" "developer_dev" {
  provider = aws.dev

  name                 = "developer"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "developer_dev" {
  provider = aws.dev

  name   = "build"
  role   = aws_iam_role.developer_dev.name
  policy = data.aws_iam_policy_document.build.json
}

resource "aws_iam_role" "platform" {
  provider = aws.prod

  name                 = "platform"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 3600
}

resource "aws_iam_role_policy_attachment" "platform" {
  provider = aws.prod

  role       = aws_iam_role.platform.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
