data "aws_organizations_policy" "full_access" {
  policy_id = "p-FullAWSAccess"
}

resource "aws_organizations_policy_attachment" "this" {
  for_each = {
    root      = local.root
    workloads = aws_organizations_organizational_unit.workloads.id
  }

  policy_id = data.aws_organizations_policy.full_access.id
  target_id = each.value
}
