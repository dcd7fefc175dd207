variable "region" {
  description = "The one region the shop uses"
  type        = string
}
