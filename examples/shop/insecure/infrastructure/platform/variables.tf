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

variable "db_password" {
  type = string
}
