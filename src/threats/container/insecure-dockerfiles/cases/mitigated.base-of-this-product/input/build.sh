docker build -t registry.example.com/shop/base:1 base
docker build -t registry.example.com/shop/app:1 app
