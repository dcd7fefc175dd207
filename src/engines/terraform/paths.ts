/** Paths below the root of the tree, with forward slashes; the root itself is ''. */

/** The path that `relative` means in `folder`; undefined where it leaves the tree or is absolute. */
export function joinPath(folder: string, relative: string): string | undefined {
  if (relative.startsWith('/')) return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** How Terraform writes the way from one folder to another: `.`, `modules/x`, `../modules/x`. */
export function relativePath(from: string, to: string): string {
  const source = from === '' ? [] : from.split('/');
  const target = to === '' ? [] : to.split('/');
  let same = 0;
  while (same < source.length && same < target.length && source[same] === target[same]) same++;
  const steps = [...source.slice(same).map(() => '..'), ...target.slice(same)];
  return steps.length === 0 ? '.' : steps.join('/');
}

/** The folder of a file. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Whether a file is part of a module that `terraform init` brought, and no file of the repository. */
export function isBrought(path: string): boolean {
  return /(?:^|\/)\.terraform\//.test(path);
}
