variable "tag" {
  type = string
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  package_type  = "Image"
  image_uri     = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/report:${var.tag}"
}
