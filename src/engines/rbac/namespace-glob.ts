/** Whether a namespace matches a pattern of an EKS access scope, in which `*` is any text; linear in both lengths. */
export function matchesGlob(glob: string, namespace: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  if (rest.length === 0) return glob === namespace;
  const last = rest.pop() ?? '';
  if (namespace.length < first.length + last.length || !namespace.startsWith(first) || !namespace.endsWith(last)) {
    return false;
  }
  let at = first.length;
  const end = namespace.length - last.length;
  for (const part of rest) {
    const found = namespace.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
