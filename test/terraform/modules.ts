/** Configurations whose planned `terraform_data` Terraform recorded; `args` go to `terraform plan`. */
export interface ModuleCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly varFiles?: readonly string[];
  readonly vars?: Readonly<Record<string, string>>;
}

const CHILD = `
variable "name" { type = string }
variable "ports" {
  type    = map(number)
  default = {}
}
variable "options" {
  type    = object({ size = optional(string, "small"), labels = optional(map(string), {}), extra = optional(object({ on = optional(bool, true) }), {}) })
  default  = {}
  nullable = false
}
resource "terraform_data" "this" {
  for_each = var.ports
  input    = { name = "\${var.name}-\${each.key}", port = each.value, options = var.options }
}
output "ports" { value = { for key, one in terraform_data.this : key => one.input.port } }
output "name" { value = upper(var.name) }
output "id" { value = [for one in terraform_data.this : one.id] }
`;

export const MODULES: readonly ModuleCase[] = [
  {
    name: 'a module for each service, and its outputs',
    files: {
      'main.tf': `
locals { services = { orders = { http = "80" }, notifier = { http = 81, grpc = 90 } } }
module "service" {
  source   = "./modules/child"
  for_each = local.services
  name     = each.key
  ports    = each.value
  options  = each.key == "orders" ? { size = "large", labels = { a = "1" } } : null
}
output "all" { value = { for key, one in module.service : key => one.ports } }
output "one" { value = module.service["orders"].name }
output "names" { value = values(module.service)[*].name }
output "ids" { value = module.service["notifier"].id }
output "whole" { value = module.service["orders"] }
`,
      'modules/child/main.tf': CHILD,
    },
  },
  {
    name: 'a module with count, three levels deep',
    files: {
      'main.tf': `
module "a" {
  source = "./a"
  count  = 2
  n      = count.index
}
output "splat" { value = module.a[*].out }
output "second" { value = module.a[1].out }
output "length" { value = length(module.a) }
`,
      'a/main.tf': `
variable "n" {}
module "b" {
  source = "../b"
  text   = "level \${var.n}"
}
output "out" { value = module.b.out }
output "path" { value = path.module }
`,
      'b/main.tf': `
variable "text" { type = string }
module "c" {
  source = "./c"
  given  = [var.text, path.module, path.root]
}
output "out" { value = module.c.out }
`,
      'b/c/main.tf': `
variable "given" { type = list(string) }
resource "terraform_data" "leaf" { input = concat(var.given, [path.module]) }
output "out" { value = terraform_data.leaf.input }
`,
    },
  },
  {
    name: 'values from files: tfvars, auto.tfvars, JSON, -var-file and -var',
    files: {
      'main.tf': `
variable "a" { default = "default" }
variable "b" { default = "default" }
variable "c" { default = "default" }
variable "d" { default = "default" }
variable "e" { default = "default" }
variable "f" { type = list(number) }
variable "g" {
  type     = string
  nullable = false
  default  = "not null"
}
variable "h" {
  type = map(any)
  default = { x = 1, y = "2" }
}
resource "terraform_data" "all" { input = [var.a, var.b, var.c, var.d, var.e, var.f, var.g, var.h] }
`,
      'terraform.tfvars': 'a = "tfvars"\nb = "tfvars"\nc = "tfvars"\nd = "tfvars"\ng = null\n',
      'terraform.tfvars.json': '{ "b": "json $' + '{x}" }',
      'x.auto.tfvars': 'c = "auto x"\nd = "auto x"\n',
      'a.auto.tfvars.json': '{ "c": "auto a" }',
      'prod.tfvars': 'd = "prod"\n',
    },
    varFiles: ['prod.tfvars'],
    vars: { e: 'argument', f: '[1, "2"]' },
  },
  {
    name: 'types of variables',
    files: {
      'main.tf': `
variable "list" {
  type    = list(string)
  default = [1, true, "x"]
}
variable "set" {
  type    = set(number)
  default = ["3", 1, 3]
}
variable "map" {
  type    = map(bool)
  default = { a = "true", b = false }
}
variable "tuple" {
  type    = tuple([string, number, bool])
  default = [1, "2", "true"]
}
variable "object" {
  type    = object({ a = string, b = optional(number), c = optional(list(string), ["d"]) })
  default = { a = 5, z = "dropped" }
}
variable "deep" {
  type    = map(object({ rules = optional(list(object({ port = number, protocol = optional(string, "tcp") })), []) }))
  default = { web = { rules = [{ port = "80" }, { port = 53, protocol = "udp" }] }, none = {} }
}
variable "any" {
  type    = any
  default = { a = [1, "x"] }
}
variable "null_string" {
  type    = string
  default = null
}
resource "terraform_data" "all" {
  input = { list = var.list, set = var.set, map = var.map, tuple = var.tuple, object = var.object, deep = var.deep, any = var.any, none = var.null_string }
}
`,
    },
  },
  {
    name: 'override files',
    files: {
      'main.tf': `
variable "x" { default = "main" }
locals { y = "main" }
resource "terraform_data" "a" {
  input            = "main \${var.x}"
  triggers_replace = ["kept"]
}
`,
      'b_override.tf': 'variable "x" { default = "override" }\n',
      'override.tf': 'resource "terraform_data" "a" { input = "override ${var.x}" }\n',
    },
  },
  {
    name: 'templates, files and JSON',
    files: {
      'main.tf': `
locals {
  policy  = templatefile("\${path.module}/policy.json.tftpl", { actions = ["s3:Get", "s3:Put"], region = "eu-west-1", on = true })
  decoded = jsondecode(local.policy)
}
resource "terraform_data" "a" { input = { policy = local.policy, first = local.decoded.Statement[0].Action, text = file("plain.txt"), names = fileset(path.module, "d/*.txt") } }
resource "terraform_data" "b" {
  for_each = fileset(path.module, "d/*.txt")
  input    = file(each.value)
}
`,
      'policy.json.tftpl':
        '{\n  "Statement": [\n%{ for i, action in actions ~}\n    { "Action": "${action}", "Region": "${region}", "User": "$${aws:username}" }%{ if i < length(actions) - 1 },%{ endif }\n%{ endfor ~}\n  ]%{ if on },\n  "On": true%{ endif }\n}\n',
      'plain.txt': 'plain ${text}\n',
      'd/a.txt': 'A',
      'd/b.txt': 'B\n',
    },
  },
  {
    name: 'merging maps of maps',
    files: {
      'main.tf': `
locals {
  tiers   = { public = 0, private = 10 }
  zones   = ["a", "b"]
  subnets = merge([for tier, offset in local.tiers : { for index, zone in local.zones : "\${tier}-\${zone}" => { tier = tier, cidr = cidrsubnet("10.0.0.0/16", 8, offset + index) } }]...)
  ids     = { for tier in keys(local.tiers) : tier => [for key, subnet in local.subnets : terraform_data.subnet[key].input.cidr if subnet.tier == tier] }
}
resource "terraform_data" "subnet" {
  for_each = local.subnets
  input    = each.value
}
resource "terraform_data" "ids" { input = local.ids }
`,
    },
  },
  {
    name: 'count that decides, and one()',
    files: {
      'main.tf': `
variable "create" { default = true }
resource "terraform_data" "on" {
  count = var.create ? 1 : 0
  input = "on"
}
resource "terraform_data" "off" {
  count = var.create ? 0 : 1
  input = "off"
}
output "on" { value = one(terraform_data.on[*].input) }
output "off" { value = one(terraform_data.off[*].input) }
output "first" { value = try(terraform_data.off[0].input, terraform_data.on[0].input, "none") }
output "joined" { value = join("", terraform_data.on.*.input) }
output "concat" { value = element(concat(terraform_data.off.*.input, terraform_data.on.*.input, [""]), 0) }
`,
    },
  },
  {
    name: 'JSON syntax',
    files: {
      'main.tf.json': JSON.stringify({
        variable: { name: { default: 'json', type: 'string' } },
        locals: { greeting: 'hello ${var.name}', list: [1, '${var.name}', { a: '${local.other}' }], other: true },
        resource: { terraform_data: { a: { input: '${local.list}' }, b: [{ count: 2, input: 'n ${count.index}' }] } },
        output: { greeting: { value: '${local.greeting}' } },
      }),
    },
  },
  {
    name: 'unknown values through modules',
    files: {
      'main.tf': `
resource "terraform_data" "seed" { input = "x" }
module "child" {
  source = "./child"
  id     = terraform_data.seed.id
  map    = { known = 1, id = terraform_data.seed.id }
}
output "id" { value = module.child.id }
output "known" { value = module.child.known }
output "map" { value = module.child.map }
`,
      'child/main.tf': `
variable "id" { type = string }
variable "map" { type = map(string) }
resource "terraform_data" "a" {
  for_each = var.map
  input    = { key = each.key, value = each.value, text = "\${each.key}-\${each.value}" }
}
output "id" { value = var.id }
output "known" { value = terraform_data.a["known"].input }
output "map" { value = { for key, value in terraform_data.a : key => value.input.text } }
`,
    },
  },
  {
    name: 'sensitive values keep their value',
    files: {
      'main.tf': `
variable "password" {
  default   = "hunter2"
  sensitive = true
}
locals { url = "postgres://\${var.password}@db" }
resource "terraform_data" "a" { input = { url = local.url, plain = 1 } }
output "length" { value = nonsensitive(length(local.url)) }
`,
    },
  },
  {
    name: 'for_each over sets, sorted, with numbers and unicode',
    files: {
      'main.tf': `
locals { keys = toset(["é", "z", "Z", "a b", "10", "9", "\\U0001F600", "～"]) }
resource "terraform_data" "a" {
  for_each = local.keys
  input    = "\${each.key}=\${each.value}"
}
output "order" { value = [for key in local.keys : key] }
output "map" { value = { for key in local.keys : key => length(key) } }
`,
    },
  },
];
