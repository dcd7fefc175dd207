/**
 * Globs over references (images, registries), where `*` matches anything, separators included, and `?` one character.
 * Linear in the product of both lengths; no regular expression is built from user text.
 */
export function matchesReferenceGlob(glob: string, text: string): boolean {
  let g = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (g < glob.length && glob[g] === '*') {
      star = g++;
      resume = t;
    } else if (g < glob.length && (glob[g] === '?' || glob[g] === text[t])) {
      g++;
      t++;
    } else if (star >= 0) {
      g = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (glob[g] === '*') g++;
  return g === glob.length;
}

/** Whether a glob over paths matches the path or a folder that holds it: `*` and `?` stop at a slash, `**` does not. */
export function matchesPathGlob(glob: string, path: string): boolean {
  const pattern = glob.replace(/^\.?\//, '').replace(/\/$/, '');
  if (pattern === '' || pattern === '.') return true;
  return matchesWholePath(pattern, path) || matchesWholePath(`${pattern}/**`, path);
}

/** Whether a glob matches a whole path; `**` followed by a slash may also stand for no folder at all. */
export function matchesWholePath(glob: string, path: string): boolean {
  const tokens = glob.match(/\*\*\/|\*\*|[\s\S]/g) ?? [];
  // The set of tokens that may come next, advanced one character at a time: linear in the product of both lengths.
  let states = closure(new Set([0]), tokens);
  for (const char of path) {
    const next = new Set<number>();
    for (const state of states) {
      const token = tokens[state];
      if (token === '**' || token === '**/') next.add(state);
      else if (token === '*') {
        if (char !== '/') next.add(state);
      } else if (token === char || (token === '?' && char !== '/')) next.add(state + 1);
      // `**/` is passed only at the end of a folder.
      if (token === '**/' && char === '/') next.add(state + 1);
    }
    states = closure(next, tokens, char === '/');
    if (states.size === 0) return false;
  }
  return states.has(tokens.length);
}

function closure(states: ReadonlySet<number>, tokens: readonly string[], atFolderStart = true): Set<number> {
  const all = new Set(states);
  for (const state of all) {
    const token = tokens[state];
    if (token === '*' || token === '**' || (token === '**/' && atFolderStart)) all.add(state + 1);
  }
  return all;
}
