variable "region" {
  type = string
}

variable "accounts" {
  description = "Account ids by name"
  type        = map(string)
}

variable "users" {
  description = "Everybody who may sign in, with their groups"
  type        = map(object({ groups = list(string) }))
}
