docker build -t ghcr.io/acme/web:1 .
