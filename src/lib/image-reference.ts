/** Image references, https://github.com/distribution/reference: `[host[:port]/]path[:tag][@digest]`. */

export interface ImageReference {
  /** Registry host with port, lower case; `docker.io` where none is written. */
  readonly registry: string;
  /** Repository path below the registry; official images stand below `library/`. */
  readonly repository: string;
  /** Tag as written; absent where none is. */
  readonly tag?: string;
  /** Digest as written, `algorithm:hex`. */
  readonly digest?: string;
}

const DOMAIN =
  /^(?:localhost|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d+)?$/;
const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const LONGEST = 1024;

/** Parses a reference; undefined where the text is none. */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length > LONGEST) return undefined;
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  let name = at < 0 ? text : text.slice(0, at);
  const colon = name.lastIndexOf(':');
  const tag = colon > name.lastIndexOf('/') ? name.slice(colon + 1) : undefined;
  if (tag !== undefined) name = name.slice(0, colon);

  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isHost = first !== '' && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const written = isHost ? first.toLowerCase() : 'docker.io';
  const registry = written === 'index.docker.io' ? 'docker.io' : written;
  const rest = isHost ? name.slice(slash + 1) : name;
  const repository = registry === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest;

  if (!DOMAIN.test(registry) || !PATH.test(repository)) return undefined;
  if (tag !== undefined && !TAG.test(tag)) return undefined;
  if (digest !== undefined && !DIGEST.test(digest)) return undefined;
  return { registry, repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

/** The normalised reference that `allowedBaseImages` and `allowedRegistries` match: `debian:13` is `docker.io/library/debian:13`. */
export function normaliseReference({ registry, repository, tag, digest }: ImageReference): string {
  const shown = tag ?? (digest === undefined ? 'latest' : undefined);
  return `${registry}/${repository}${shown === undefined ? '' : `:${shown}`}${digest === undefined ? '' : `@${digest}`}`;
}
