target "default" {
  target = "other"
}
