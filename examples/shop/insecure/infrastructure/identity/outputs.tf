output "passwords" {
  value     = { for name, profile in aws_iam_user_login_profile.this : name => profile.password }
  sensitive = true
}

output "access_keys" {
  value = {
    for name, key in aws_iam_access_key.this : name => { id = key.id, secret = key.secret }
  }
  sensitive = true
}

output "ci_access_key" {
  value     = { id = aws_iam_access_key.ci.id, secret = aws_iam_access_key.ci.secret }
  sensitive = true
}
