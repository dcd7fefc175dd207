# Our own summary of the iam-github-oidc-provider submodule of terraform-aws-modules/iam/aws, from the documentation of version 5.60: the identity provider of GitHub.
# Left out: the thumbprints of the certificate, which only a plan reads.

variable "create" { default = true }
variable "url" { default = "https://token.actions.githubusercontent.com" }
variable "client_id_list" { default = [] }

# Without effect on what we look at.
variable "tags" { default = {} }
variable "additional_thumbprints" { default = [] }

data "aws_partition" "current" {}

resource "aws_iam_openid_connect_provider" "this" {
  count = var.create ? 1 : 0

  url            = var.url
  client_id_list = coalescelist(var.client_id_list, ["sts.${data.aws_partition.current.dns_suffix}"])
}

output "arn" { value = try(aws_iam_openid_connect_provider.this[0].arn, null) }
output "url" { value = try(aws_iam_openid_connect_provider.this[0].url, null) }
