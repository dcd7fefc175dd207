variable "region" {
  type = string
}

variable "account" {
  type = string
}

variable "environment" {
  type = string
}

variable "zones" {
  type = list(string)
}

variable "vpc_cidr" {
  type = string
}

variable "api_access_cidrs" {
  description = "Networks that may reach the cluster's API"
  type        = list(string)
}
