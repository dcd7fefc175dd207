terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    helm = {
      source  = "hashicorp/helm"
      version = "~> 3.0"
    }
    kubectl = {
      source  = "alekc/kubectl"
      version = "~> 2.1"
    }
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = "~> 2.38"
    }
  }
}

provider "aws" {
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::333333333333:role/OrganizationAccountAccessRole"
  }
}

data "aws_eks_cluster" "shop" {
  name = "shop"
}

data "aws_eks_cluster_auth" "shop" {
  name = "shop"
}

data "aws_security_group" "database_client" {
  name = "shop-database-client"
}

provider "kubernetes" {
  host                   = data.aws_eks_cluster.shop.endpoint
  cluster_ca_certificate = base64decode(data.aws_eks_cluster.shop.certificate_authority[0].data)
  token                  = data.aws_eks_cluster_auth.shop.token
}

provider "kubectl" {
  host                   = data.aws_eks_cluster.shop.endpoint
  cluster_ca_certificate = base64decode(data.aws_eks_cluster.shop.certificate_authority[0].data)
  token                  = data.aws_eks_cluster_auth.shop.token
  load_config_file       = false
}

provider "helm" {
  kubernetes = {
    host                   = data.aws_eks_cluster.shop.endpoint
    cluster_ca_certificate = base64decode(data.aws_eks_cluster.shop.certificate_authority[0].data)
    token                  = data.aws_eks_cluster_auth.shop.token
  }
}
