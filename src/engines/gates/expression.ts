/** What is known of the contexts when an expression is evaluated. */
export interface Circumstances {
  readonly event: 'pull_request' | 'merge_group';
  /** Whether `failure()` holds: an earlier step failed, or, for a job, one that it needs. */
  readonly failed?: boolean;
  /** Values by lower-case path: `needs.scan.result`, `steps.scan.outcome`. */
  readonly values?: ReadonlyMap<string, string>;
  /** Elements of `needs.*.result`; absent where one of them is not known. */
  readonly results?: readonly string[];
}

type Literal = string | number | boolean | null;

/** A value, or what is known of one that is not known. */
export type Value =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'open'; readonly truth?: boolean; readonly prefix?: string };

const OPEN: Value = { kind: 'open' };
const LONGEST = 2000;
const DEEPEST = 50;
const TOKEN = /'(?:[^']|'')*'|&&|\|\||==|!=|<=|>=|[!(),<>[\]]|[\w.*-]+|\S/g;

/**
 * Evaluates an expression of GitHub Actions, without its `${{ }}`, over three values
 * (https://docs.github.com/actions/reference/evaluate-expressions-in-workflows-and-actions). What it does not know or
 * cannot read is open, never a guess.
 */
export function evaluate(text: string, given: Circumstances): Value {
  if (text.length > LONGEST) return OPEN;
  const tokens = text.match(TOKEN) ?? [];
  let at = 0;
  let depth = 0;
  const value = or();
  return at === tokens.length ? value : OPEN;

  function or(): Value {
    let left = and();
    while (tokens[at] === '||') {
      at++;
      left = either(left, and());
    }
    return left;
  }

  function and(): Value {
    let left = comparison();
    while (tokens[at] === '&&') {
      at++;
      left = both(left, comparison());
    }
    return left;
  }

  function comparison(): Value {
    const left = unary();
    const operator = tokens[at] ?? '';
    if (!/^(?:[=!]=|[<>]=?)$/.test(operator)) return left;
    at++;
    const right = unary();
    if (operator !== '==' && operator !== '!=') return OPEN;
    const equal = areEqual(left, right);
    return equal === undefined ? OPEN : literal(operator === '==' ? equal : !equal);
  }

  function unary(): Value {
    let negations = 0;
    for (; tokens[at] === '!'; at++) negations++;
    const inner = primary();
    if (negations === 0) return inner;
    const truth = truthOf(inner);
    return truth === undefined ? OPEN : literal(negations % 2 === 0 ? truth : !truth);
  }

  function primary(): Value {
    const token = tokens[at++];
    if (token === undefined) return OPEN;
    if (token === '(') return group();
    if (token.startsWith("'") && token.length > 1) return literal(token.slice(1, -1).replaceAll("''", "'"));
    if (tokens[at] === '(') return call(token.toLowerCase());
    if (/^-?\d/.test(token)) return Number.isNaN(Number(token)) ? OPEN : literal(Number(token));
    const name = token.toLowerCase();
    if (name === 'true' || name === 'false') return literal(name === 'true');
    return name === 'null' ? literal(null) : lookUp(name, given);
  }

  function group(): Value {
    if (++depth > DEEPEST) return giveUp();
    const inner = or();
    depth--;
    if (tokens[at++] !== ')') return giveUp();
    return inner;
  }

  function call(name: string): Value {
    if (++depth > DEEPEST) return giveUp();
    at++;
    const values: Value[] = [];
    while (at < tokens.length && tokens[at] !== ')') {
      values.push(or());
      if (tokens[at] === ',') at++;
      else break;
    }
    depth--;
    if (tokens[at++] !== ')') return giveUp();
    return apply(name, values, given);
  }

  function giveUp(): Value {
    at = tokens.length + 1;
    return OPEN;
  }
}

/** Whether a value counts as true: everything but false, 0, '' and null. */
export function truthOf(value: Value): boolean | undefined {
  if (value.kind === 'literal') return Boolean(value.value);
  return value.kind === 'list' ? true : value.truth;
}

function literal(value: Literal): Value {
  return { kind: 'literal', value };
}

function lookUp(name: string, { event, values, results }: Circumstances): Value {
  if (name === 'github.event_name') return literal(event);
  if (name === 'github.ref')
    return {
      kind: 'open',
      truth: true,
      prefix: event === 'pull_request' ? 'refs/pull/' : 'refs/heads/gh-readonly-queue/',
    };
  if (name === 'github.ref_type') return event === 'merge_group' ? literal('branch') : OPEN;
  if (name === 'needs.*.result' && results !== undefined) return { kind: 'list', items: results };
  const value = values?.get(name);
  return value === undefined ? OPEN : literal(value);
}

function apply(name: string, values: readonly Value[], { failed = false }: Circumstances): Value {
  const [first, second] = values;
  switch (name) {
    case 'always':
      return literal(true);
    case 'success':
      return literal(!failed);
    case 'failure':
      return literal(failed);
    case 'cancelled':
      return literal(false);
    case 'contains':
      return contains(first, second);
    case 'startswith':
      return startsWith(first, second);
    case 'fromjson':
      return fromJson(first);
    default:
      return OPEN;
  }
}

function contains(where: Value | undefined, what: Value | undefined): Value {
  if (where === undefined || what?.kind !== 'literal') return OPEN;
  const wanted = String(what.value ?? '').toLowerCase();
  if (where.kind === 'list') return literal(where.items.some((item) => item.toLowerCase() === wanted));
  return where.kind === 'literal'
    ? literal(
        String(where.value ?? '')
          .toLowerCase()
          .includes(wanted),
      )
    : OPEN;
}

function startsWith(where: Value | undefined, what: Value | undefined): Value {
  if (what?.kind !== 'literal') return OPEN;
  const wanted = String(what.value ?? '').toLowerCase();
  if (where?.kind === 'literal')
    return literal(
      String(where.value ?? '')
        .toLowerCase()
        .startsWith(wanted),
    );
  if (where?.kind !== 'open' || where.prefix === undefined) return OPEN;
  if (where.prefix.startsWith(wanted)) return literal(true);
  return wanted.startsWith(where.prefix) ? OPEN : literal(false);
}

function fromJson(text: Value | undefined): Value {
  if (text?.kind !== 'literal' || typeof text.value !== 'string') return OPEN;
  try {
    const parsed: unknown = JSON.parse(text.value);
    return Array.isArray(parsed) && parsed.every((item) => typeof item === 'string')
      ? { kind: 'list', items: parsed }
      : OPEN;
  } catch {
    return OPEN;
  }
}

/** `a || b` is a where a is true, otherwise b. */
function either(left: Value, right: Value): Value {
  const truth = truthOf(left);
  if (truth !== undefined) return truth ? left : right;
  return truthOf(right) === true ? { kind: 'open', truth: true } : OPEN;
}

/** `a && b` is b where a is true, otherwise a. */
function both(left: Value, right: Value): Value {
  const truth = truthOf(left);
  if (truth !== undefined) return truth ? right : left;
  return truthOf(right) === false ? { kind: 'open', truth: false } : OPEN;
}

/** Strings are compared without regard to case; values of different types as numbers. */
function areEqual(left: Value, right: Value): boolean | undefined {
  if (left.kind === 'literal' && right.kind === 'literal') {
    if (typeof left.value === 'string' && typeof right.value === 'string')
      return left.value.toLowerCase() === right.value.toLowerCase();
    if (typeof left.value === typeof right.value) return left.value === right.value;
    return toNumber(left.value) === toNumber(right.value);
  }
  const [open, known] = left.kind === 'open' ? [left, right] : [right, left];
  const isElsewhere =
    open.kind === 'open' &&
    open.prefix !== undefined &&
    known.kind === 'literal' &&
    !String(known.value).toLowerCase().startsWith(open.prefix);
  return isElsewhere ? false : undefined;
}

function toNumber(value: Literal): number {
  return typeof value === 'string' && value.trim() !== '' && !/^[-+\d.]/.test(value.trim())
    ? Number.NaN
    : Number(value);
}
