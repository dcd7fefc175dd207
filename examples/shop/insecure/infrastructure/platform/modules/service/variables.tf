variable "name" {
  type = string
}

variable "namespace" {
  type = string
}

variable "secrets" {
  description = "Names of the secrets this service reads"
  type        = list(string)
}

variable "environment" {
  type = string
}

variable "kms_key_arn" {
  type = string
}

variable "provider_arn" {
  description = "OIDC provider of the cluster"
  type        = string
}

variable "issuer" {
  description = "Issuer of the cluster's tokens, without scheme"
  type        = string
}
