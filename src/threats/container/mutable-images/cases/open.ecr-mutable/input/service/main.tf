variable "name" {
  type = string
}

resource "aws_ecr_repository" "this" {
  name                 = "shop/${var.name}"
  image_tag_mutability = "MUTABLE"
}

resource "aws_ecs_task_definition" "this" {
  family = var.name
  container_definitions = jsonencode([{
    name  = var.name
    image = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/${aws_ecr_repository.this.name}:1.4.2"
  }])
}
