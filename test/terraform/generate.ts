import type { ModuleCase } from './modules.ts';

/** Kinds of values that the generator makes. */
type Kind = 'string' | 'number' | 'bool' | 'list' | 'map';

/** Names in scope by kind, and a source of choices that is the same in every run. */
interface Scope {
  readonly names: ReadonlyMap<Kind, readonly string[]>;
  readonly pick: (below: number) => number;
}

const WORDS = ['a', 'shop', 'eu-west-1', 'Ünï', 'x y', '', '10', '$${v}'];
const CASES = 60;

const KINDS: readonly Kind[] = ['string', 'number', 'bool', 'list', 'map'];

/** Modules made at random from fixed seeds: typed expressions over variables, locals, loops and nested modules. */
export const GENERATED: readonly ModuleCase[] = Array.from({ length: CASES }, (_, seed) => generate(seed + 1));

function generate(seed: number): ModuleCase {
  const pick = choices(seed);
  const names = new Map<Kind, string[]>([
    ['string', ['var.text', 'terraform_data.seed.id']],
    ['number', ['var.number']],
    ['bool', ['var.flag']],
    ['list', ['var.list']],
    ['map', ['var.map']],
  ]);
  const scope = { names, pick };
  const locals = KINDS.flatMap((kind, index) => {
    const text = `  l${index} = ${expression(kind, 3, scope)}`;
    names.get(kind)?.push(`local.l${index}`);
    return text;
  });
  const files = {
    'main.tf': [
      variables(scope),
      'resource "terraform_data" "seed" {}',
      `locals {\n${locals.join('\n')}\n}`,
      ...KINDS.map((kind) => `resource "terraform_data" "${kind}" {\n  input = ${expression(kind, 4, scope)}\n}`),
      `resource "terraform_data" "each" {\n  for_each = toset(${fixedKeys(scope)})\n  input    = "\${each.key}:\${${expression('string', 2, scope)}}"\n}`,
      `module "child" {\n  source   = "./child"\n  for_each = toset(${fixedKeys(scope)})\n  text     = "\${each.value}\${${expression('string', 2, scope)}}"\n  list     = ${expression('list', 2, scope)}\n  map      = ${expression('map', 2, scope)}\n}`,
      'output "children" {\n  value = { for key, child in module.child : key => child }\n}',
      'output "texts" {\n  value = values(module.child)[*].text\n}',
    ].join('\n'),
    'child/main.tf': child(pick),
  };
  return { name: `generated ${seed}`, files };
}

function variables(scope: Scope): string {
  const bare: Scope = { names: new Map(), pick: scope.pick };
  const types = { string: 'string', number: 'number', bool: 'bool', list: 'list(string)', map: 'map(string)' };
  const name = { string: 'text', number: 'number', bool: 'flag', list: 'list', map: 'map' };
  return KINDS.map(
    (kind) => `variable "${name[kind]}" {\n  type    = ${types[kind]}\n  default = ${literal(kind, bare)}\n}`,
  ).join('\n');
}

function child(pick: Scope['pick']): string {
  const names = new Map<Kind, string[]>([
    ['string', ['var.text', 'path.module']],
    ['list', ['var.list']],
    ['map', ['var.map']],
  ]);
  const scope = { names, pick };
  return [
    'variable "text" {}',
    'variable "list" { type = list(string) }',
    'variable "map" { type = map(any) }',
    `resource "terraform_data" "one" {\n  count = ${pick(3)}\n  input = { index = count.index, value = ${expression('map', 3, scope)} }\n}`,
    `output "text" {\n  value = ${expression('string', 3, scope)}\n}`,
    `output "list" {\n  value = ${expression('list', 3, scope)}\n}`,
    'output "inputs" {\n  value = terraform_data.one[*].input\n}',
  ].join('\n');
}

function expression(kind: Kind, depth: number, scope: Scope): string {
  const { pick, names } = scope;
  const known = names.get(kind) ?? [];
  if (depth <= 0 || pick(6) === 0)
    return known.length > 0 && pick(2) === 0
      ? (known[pick(known.length)] ?? literal(kind, scope))
      : literal(kind, scope);
  const sub = (of: Kind) => expression(of, depth - 1, scope);
  if (pick(7) === 0) return `(${sub('bool')} ? ${sub(kind)} : ${sub(kind)})`;
  const forms: Readonly<Record<Kind, readonly (() => string)[]>> = {
    string: [
      () => `"${WORDS[pick(5)]}-\${${sub('string')}}-\${${sub('number')}}"`,
      () => `"%{ if ${sub('bool')} }yes\${${sub('string')}}%{ else }no%{ endif }"`,
      () => `"%{ for i, x in ${sub('list')} }\${i}\${x},%{ endfor }"`,
      () => `upper(${sub('string')})`,
      () => `join("/", ${sub('list')})`,
      () => `try(${sub('list')}[${pick(3)}], ${sub('string')})`,
      () => `lookup(${sub('map')}, "k${pick(3)}", ${sub('string')})`,
      () => `format("%s|%v", ${sub('string')}, ${sub('number')})`,
      () => `jsonencode({ a = ${sub('string')}, b = ${sub('list')}, c = ${sub('number')} })`,
      () => `replace(${sub('string')}, "o", ${sub('string')})`,
    ],
    number: [
      () => `(${sub('number')} + ${sub('number')})`,
      () => `(${sub('number')} - ${sub('number')} * 2)`,
      () => `(${sub('number')} % ${pick(5) + 1})`,
      () => `length(${sub('list')})`,
      () => `length(${sub('map')})`,
      () => `max(${sub('number')}, ${sub('number')}, ${pick(9)})`,
      () => `(1 - ${sub('number')})`,
    ],
    bool: [
      () => `(${sub('number')} < ${sub('number')})`,
      () => `(${sub('string')} == ${sub('string')})`,
      () => `(${sub('bool')} && ${sub('bool')})`,
      () => `(${sub('bool')} || !${sub('bool')})`,
      () => `contains(${sub('list')}, ${sub('string')})`,
      () => `can(${sub('map')}.k${pick(3)})`,
      () => `(${sub('list')} == ${sub('list')})`,
    ],
    list: [
      () => `[for i, x in ${sub('list')} : "\${x}\${i}" if i != ${pick(3)}]`,
      () => `[for k, v in ${sub('map')} : "\${k}=\${v}"]`,
      () => `concat(${sub('list')}, [${sub('string')}])`,
      () => `[${sub('string')}, tostring(${sub('number')})]`,
      () => `reverse(${sub('list')})`,
      () => `(${sub('list')}[*])`,
      () => `tolist(toset([${sub('string')}, "${WORDS[pick(5)]}"]))`,
      () => `keys(${sub('map')})`,
    ],
    map: [
      () => `{ for i, x in ${sub('list')} : "k\${i}" => x }`,
      () => `{ for k, v in ${sub('map')} : k => "\${v}!" if k != "k${pick(3)}" }`,
      () => `merge(${sub('map')}, { k${pick(3)} = ${sub('string')} })`,
      () => `{ k0 = ${sub('string')}, "k${pick(3)}x" = ${sub('string')} }`,
      () => `tomap({ k1 = ${sub('string')} })`,
    ],
  };
  const chosen = forms[kind];
  return (chosen[pick(chosen.length)] ?? (() => literal(kind, scope)))();
}

function literal(kind: Kind, { pick }: Scope): string {
  const word = () => JSON.stringify(WORDS[pick(WORDS.length)] ?? '');
  switch (kind) {
    case 'string':
      return word();
    case 'number':
      return String([0, 1, 2.5, -3, 10, 1000000][pick(6)] ?? 0);
    case 'bool':
      return pick(2) === 0 ? 'true' : 'false';
    case 'list':
      return `[${Array.from({ length: pick(4) }, word).join(', ')}]`;
    case 'map':
      return `{ ${Array.from({ length: pick(3) }, (_, at) => `k${at} = ${word()}`).join(', ')} }`;
  }
}

/** Keys that are known when terraform plans. */
function fixedKeys({ pick }: Scope): string {
  return `[${Array.from({ length: 1 + pick(3) }, () => JSON.stringify(['x', 'y', 'é', 'B', '2'][pick(5)])).join(', ')}]`;
}

/** A linear congruential generator: the same choices for the same seed. */
function choices(seed: number): Scope['pick'] {
  let state = (seed * 2654435761) % 4294967296;
  return (below) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * below);
  };
}
