variable "name" {
  type = string
}

variable "namespace" {
  type = string
}

variable "account_name" {
  description = "Service account that may assume the role"
  type        = string
}

variable "secret_arns" {
  type = list(string)
}

variable "kms_key_arn" {
  type = string
}

variable "provider_arn" {
  type = string
}

variable "issuer" {
  type = string
}
