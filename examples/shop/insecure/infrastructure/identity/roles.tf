data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.accounts.identity}:root"]
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
      "secretsmanager:GetSecretValue",
    ]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "build" {
  source_policy_documents = [data.aws_iam_policy_document.read.json]

  statement {
    actions   = ["s3:*", "sqs:*", "lambda:*", "iam:PassRole", "iam:CreatePolicyVersion"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "developer_prod" {
  provider = aws.prod

  name                 = "developer"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 43200
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
  max_session_duration = 43200
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
  max_session_duration = 43200
}

resource "aws_iam_role_policy_attachment" "platform" {
  provider = aws.prod

  role       = aws_iam_role.platform.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
