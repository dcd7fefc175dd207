variable "region" {
  description = "The one region the shop uses"
  type        = string
}

variable "instance_types" {
  description = "Instance types a workload account may start"
  type        = list(string)
}
