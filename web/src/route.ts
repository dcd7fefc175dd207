/** What the address after `#` names. Every part may be absent. */
export interface Route {
  /** A threat's id, e.g. `container/mutable-images`. */
  readonly threat?: string;
  /** Name of a product. */
  readonly product?: string;
  /** Fingerprint of a finding. */
  readonly finding?: string;
}

/** Reads `#/container/mutable-images?product=shop&finding=abc`; what it cannot read is absent. */
export function parseRoute(hash: string): Route {
  const [path, query] = split(hash.replace(/^#?\/?/, ''), '?');
  const parameters = new URLSearchParams(query);
  const product = parameters.get('product');
  const finding = parameters.get('finding');
  return {
    ...(/^[a-z]+\/[a-z-]+$/.test(path) ? { threat: path } : {}),
    ...(product ? { product } : {}),
    ...(finding ? { finding } : {}),
  };
}

/** Writes what {@link parseRoute} reads. */
export function formatRoute({ threat = '', product, finding }: Route): string {
  const parameters = new URLSearchParams();
  if (product) parameters.set('product', product);
  if (finding) parameters.set('finding', finding);
  const query = parameters.toString();
  return `#/${threat}${query === '' ? '' : `?${query}`}`;
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
