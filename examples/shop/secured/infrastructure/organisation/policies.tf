locals {
  policies = {
    regions = {
      description = "No other region"
      targets     = [local.root]
      content     = templatefile("${path.module}/policies/regions.json", { region = var.region })
    }
    encryption = {
      description = "No unencrypted storage"
      targets     = [local.root]
      content     = file("${path.module}/policies/encryption.json")
    }
    audit = {
      description = "Nobody leaves, nobody stops the records, nobody is root"
      targets     = [local.root]
      content     = file("${path.module}/policies/audit.json")
    }
    registry = {
      description = "Nobody turns off immutable tags"
      targets     = [aws_organizations_organizational_unit.workloads.id]
      content     = file("${path.module}/policies/registry.json")
    }
    people = {
      description = "People live in the identity account"
      targets     = [aws_organizations_organizational_unit.workloads.id]
      content     = data.aws_iam_policy_document.people.json
    }
    instances = {
      description = "No large instances"
      targets     = [local.root]
      content = jsonencode({
        Version = "2012-10-17"
        Statement = [
          {
            Sid       = "InstanceTypes"
            Effect    = "Deny"
            Action    = "ec2:RunInstances"
            Resource  = "arn:aws:ec2:*:*:instance/*"
            Condition = { StringNotEquals = { "ec2:InstanceType" = var.instance_types } }
          },
          {
            Sid      = "NoResize"
            Effect   = "Deny"
            Action   = "ec2:ModifyInstanceAttribute"
            Resource = "*"
          },
        ]
      })
    }
  }

  attachments = merge([
    for name, policy in local.policies : {
      for index, target in policy.targets : "${name}-${index}" => { policy = name, target = target }
    }
  ]...)
}

data "aws_iam_policy_document" "people" {
  statement {
    sid    = "NoUsers"
    effect = "Deny"
    actions = [
      "iam:CreateUser",
      "iam:CreateAccessKey",
      "iam:CreateLoginProfile",
      "iam:UpdateLoginProfile",
      "iam:CreateServiceSpecificCredential",
    ]
    resources = ["*"]
  }
}

resource "aws_organizations_policy" "this" {
  for_each = local.policies

  name        = each.key
  description = each.value.description
  type        = "SERVICE_CONTROL_POLICY"
  content     = each.value.content
}

resource "aws_organizations_policy_attachment" "this" {
  for_each = local.attachments

  policy_id = aws_organizations_policy.this[each.value.policy].id
  target_id = each.value.target
}
