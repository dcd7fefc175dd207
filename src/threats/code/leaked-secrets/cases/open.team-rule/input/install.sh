./install --licence ACME-7Q4Z-K9XM
