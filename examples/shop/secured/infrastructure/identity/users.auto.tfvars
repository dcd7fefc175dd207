users = {
  alice = { groups = ["developers", "platform"] }
  bob   = { groups = ["developers"] }
}
