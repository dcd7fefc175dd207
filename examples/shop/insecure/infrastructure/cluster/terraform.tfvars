gateway_password = "oBdRe4i8O-uQjZoIYL"
