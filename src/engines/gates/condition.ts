/**
 * Evaluates an `if:` of GitHub Actions for a pull request whose earlier steps went well
 * (https://docs.github.com/actions/reference/evaluate-expressions-in-workflows-and-actions). Three-valued:
 * undefined is "cannot be told".
 */
export function holdsOnPullRequest(condition: string, event: 'pull_request' | 'merge_group' = 'pull_request'): boolean | undefined {
  const text = condition.trim().replace(/^\$\{\{([\s\S]*)\}\}$/, '$1');
  if (text.includes('${{') || text.length > 2000) return undefined;
  const tokens = text.match(/'(?:[^']|'')*'|&&|\|\||==|!=|[!(),]|[\w.*-]+|\S/g) ?? [];
  let at = 0;
  let depth = 0;
  const value = or();
  return at === tokens.length ? truth(value) : undefined;

  type Value = string | boolean | undefined;

  function or(): Value {
    let left = and();
    while (tokens[at] === '||') {
      at++;
      const right = and();
      left = truth(left) === true || truth(right) === true ? true : truth(left) === false ? right : truth(right) === false ? left : undefined;
    }
    return left;
  }

  function and(): Value {
    let left = equality();
    while (tokens[at] === '&&') {
      at++;
      const right = equality();
      left = truth(left) === false || truth(right) === false ? false : truth(left) === true ? right : undefined;
    }
    return left;
  }

  function equality(): Value {
    const left = unary();
    const operator = tokens[at];
    if (operator !== '==' && operator !== '!=') return left;
    at++;
    const right = unary();
    if (left === undefined || right === undefined) return undefined;
    // Strings are compared without regard to case.
    const equal = String(left).toLowerCase() === String(right).toLowerCase();
    return operator === '==' ? equal : !equal;
  }

  function unary(): Value {
    if (tokens[at] === '!') {
      at++;
      const inner = truth(unary());
      return inner === undefined ? undefined : !inner;
    }
    if (tokens[at] === '(' && depth++ < 50) {
      at++;
      const inner = or();
      if (tokens[at] === ')') at++;
      else at = tokens.length + 1;
      return inner;
    }
    return primary();
  }

  function primary(): Value {
    const token = tokens[at++];
    if (token === undefined) return undefined;
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (tokens[at] === '(') {
      skipArguments();
      return { always: true, success: true, failure: false, cancelled: false }[token.toLowerCase()];
    }
    switch (token.toLowerCase()) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'github.event_name':
        return event;
      default:
        return undefined;
    }
  }

  function skipArguments(): void {
    let open = 0;
    do {
      if (tokens[at] === '(') open++;
      if (tokens[at] === ')') open--;
      at++;
    } while (open > 0 && at < tokens.length);
  }

  function truth(value: Value): boolean | undefined {
    return typeof value === 'string' ? value !== '' : value;
  }
}
