#!/bin/sh
set -e
docker build -t registry.example.com/shop/orders:1 .
