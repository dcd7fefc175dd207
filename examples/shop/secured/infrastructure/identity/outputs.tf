output "passwords" {
  description = "Encrypted to each user's PGP key"
  value       = { for name, profile in aws_iam_user_login_profile.this : name => profile.encrypted_password }
  sensitive   = true
}

output "access_keys" {
  description = "Encrypted to each user's PGP key"
  value = {
    for name, key in aws_iam_access_key.this : name => { id = key.id, secret = key.encrypted_secret }
  }
  sensitive = true
}
