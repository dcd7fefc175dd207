import type { LabelOwner, LabelTest, Selector } from '../types.ts';
import { tokensOf, type Token } from './tokens.ts';

/** A selector, or why it is none. */
export type ParsedSelector =
  { readonly ok: true; readonly selector: Selector } | { readonly ok: false; readonly message: string };

/** Longer ones are refused by the API server. */
const LONGEST = 20_000;
const DEEPEST = 200;

/** The label that a namespace always has, and what stands for it in Calico. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';
const CALICO_NAME = 'projectcalico.org/name';

/**
 * Parses a selector of Calico. `of` says whose labels it looks at; those of an endpoint itself include what it inherits
 * from its namespace (`pcns.`) and its service account (`pcsa.`). For namespaces, `all()` is any and `global()` none.
 */
export function parseCalicoSelector(text: string, of: LabelOwner): ParsedSelector {
  if (text.length > LONGEST) return { ok: false, message: 'it is too long' };
  const tokens = tokensOf(text);
  if (typeof tokens === 'string') return { ok: false, message: tokens };
  if (tokens.length === 1) return { ok: true, selector: { kind: 'all' } };
  const parser = new Parser(tokens, of);
  const selector = parser.either(0);
  if (selector === undefined) return { ok: false, message: parser.problem };
  const rest = parser.peek();
  return rest === 'end' ? { ok: true, selector } : { ok: false, message: `${rest} after its end` };
}

/** Precedence: `!` before `&&` before `||`. Undefined results mean that `problem` says why. */
class Parser {
  problem = 'it ends too early';
  readonly #tokens: readonly Token[];
  readonly #of: LabelOwner;
  #at = 0;

  constructor(tokens: readonly Token[], of: LabelOwner) {
    this.#tokens = tokens;
    this.#of = of;
  }

  peek(): Token['kind'] {
    return this.#tokens[this.#at]?.kind ?? 'end';
  }

  either(depth: number): Selector | undefined {
    return this.#chain('||', 'or', () => this.#chain('&&', 'and', () => this.#operation(depth)));
  }

  #chain(symbol: '&&' | '||', kind: 'and' | 'or', part: () => Selector | undefined): Selector | undefined {
    const items: Selector[] = [];
    do {
      const item = part();
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.#takes(symbol));
    return items.length === 1 ? items[0] : { kind, items };
  }

  #operation(depth: number): Selector | undefined {
    let negated = false;
    while (this.#takes('!')) negated = !negated;
    const item = this.#plain(depth);
    return item === undefined || !negated ? item : { kind: 'not', item };
  }

  #plain(depth: number): Selector | undefined {
    const token = this.#tokens[this.#at++];
    switch (token?.kind) {
      case 'has':
        return this.#label(token.value, { is: 'present' });
      case 'all':
      case 'global': {
        const any: Selector = this.#of === 'namespace' ? this.#label(CALICO_NAME, { is: 'present' }) : { kind: 'all' };
        return token.kind === 'global' && this.#of === 'namespace' ? { kind: 'not', item: any } : any;
      }
      case '(': {
        if (depth >= DEEPEST) return this.#fails('it is nested too deeply');
        const inner = this.either(depth + 1);
        return inner === undefined || this.#takes(')') ? inner : this.#fails('a bracket is not closed');
      }
      case 'label':
        return this.#comparison(token.value);
      default:
        return this.#fails(
          `${token === undefined || token.kind === 'end' ? 'its end' : token.kind} where a condition is expected`,
        );
    }
  }

  #comparison(key: string): Selector | undefined {
    const operator = this.peek();
    this.#at++;
    if (operator === 'in' || operator === 'not in') {
      const values = this.#set();
      if (values === undefined) return undefined;
      const among = this.#label(key, { is: 'in', values });
      return operator === 'in' ? among : { kind: 'not', item: among };
    }
    const token = this.#tokens[this.#at++];
    if (token?.kind !== 'text') return this.#fails(`no text behind ${key}`);
    const { value: text } = token;
    switch (operator) {
      case '==':
        return this.#label(key, { is: 'in', values: [text] });
      case '!=':
        return { kind: 'not', item: this.#label(key, { is: 'in', values: [text] }) };
      case 'contains':
        return this.#label(key, { is: 'contains', text });
      case 'starts with':
        return this.#label(key, { is: 'starts', text });
      case 'ends with':
        return this.#label(key, { is: 'ends', text });
      default:
        return this.#fails(`no operator behind ${key}`);
    }
  }

  #set(): string[] | undefined {
    if (!this.#takes('{')) return this.#fails('no set behind in');
    const values: string[] = [];
    for (let token = this.#tokens[this.#at]; token?.kind === 'text'; token = this.#tokens[this.#at]) {
      values.push(token.value);
      this.#at++;
      if (!this.#takes(',')) break;
    }
    return this.#takes('}') ? values : this.#fails('a set is not closed');
  }

  #label(key: string, test: LabelTest): Selector {
    return { kind: 'label', ...placed(this.#of, key), test };
  }

  #takes(kind: Token['kind']): boolean {
    if (this.peek() !== kind) return false;
    this.#at++;
    return true;
  }

  #fails(message: string): undefined {
    this.problem = message;
    return undefined;
  }
}

/** Where a label of an endpoint really stands. */
function placed(of: LabelOwner, key: string): { readonly of: LabelOwner; readonly key: string } {
  if (of === 'namespace') return { of, key: key === CALICO_NAME ? NAMESPACE_NAME : key };
  if (of === 'account') return { of, key };
  if (key === 'projectcalico.org/namespace') return { of: 'namespace', key: NAMESPACE_NAME };
  if (key === 'projectcalico.org/serviceaccount') return { of: 'account', key: CALICO_NAME };
  if (key.startsWith('pcns.')) return placed('namespace', key.slice('pcns.'.length));
  if (key.startsWith('pcsa.')) return placed('account', key.slice('pcsa.'.length));
  return { of, key };
}
