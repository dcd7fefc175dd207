import { namedIn } from './rewrite-text.ts';

/**
 * Commits in an order in which parents, and other commits that a message names, come before. A circle,
 * which only an abbreviation can make, is cut.
 */
export function inOrder(
  commits: ReadonlyMap<string, Uint8Array>,
  abbreviated: (text: string) => string | undefined,
): readonly string[] {
  const order: string[] = [];
  const state = new Set<string>();
  for (const start of commits.keys()) {
    const stack: { readonly id: string; readonly needs: readonly string[]; next: number }[] = [];
    const enter = (id: string): void => {
      const bytes = commits.get(id);
      if (bytes === undefined || state.has(id)) return;
      state.add(id);
      const { parents, mentioned } = namedIn(bytes);
      stack.push({ id, needs: [...parents, ...mentioned.flatMap((one) => abbreviated(one) ?? [])], next: 0 });
    };
    enter(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const need = top.needs[top.next++];
      if (need !== undefined) enter(need);
      else {
        order.push(top.id);
        stack.pop();
      }
    }
  }
  return order;
}
