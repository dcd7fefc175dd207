/** Joins paths below the root of the tree: `orders` and `../x/.` give `x`; undefined where it leaves the tree. */
export function joinPath(base: string, path: string): string | undefined {
  const segments: string[] = [];
  const all = path.startsWith('/') ? path : `${base}/${path}`;
  for (const segment of all.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join('/');
}

/** The folder that holds a path; empty for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Whether a build context lies elsewhere: a URL, a git address, standard input. */
export function isRemote(context: string): boolean {
  return context === '-' || /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/)/i.test(context);
}
