/** Versions below and above which a constraint allows nothing, as major, minor and patch. */
type Version = readonly [number, number, number];

interface Bounds {
  readonly least: Version;
  /** The first version that is no longer allowed. */
  readonly end: Version | undefined;
}

/**
 * The newest major version that a constraint allows (https://developer.hashicorp.com/terraform/language/expressions/version-constraints),
 * where `newest` is the newest there is; undefined where it allows none, or is no version (a branch, a commit).
 */
export function newestMajor(constraint: string | undefined, newest: number): number | undefined {
  if (constraint === undefined || constraint.trim() === '') return newest;
  if (constraint.length > 200) return undefined;
  let least: Version = [0, 0, 0];
  let end: Version | undefined;
  for (const clause of constraint.split(',')) {
    const bounds = boundsOf(clause.trim());
    if (bounds === undefined) return undefined;
    if (compare(bounds.least, least) > 0) least = bounds.least;
    if (bounds.end !== undefined && (end === undefined || compare(bounds.end, end) < 0)) end = bounds.end;
  }
  for (let major = newest; major >= 0; major--) {
    const first: Version = compare(least, [major, 0, 0]) > 0 ? least : [major, 0, 0];
    if (first[0] === major && (end === undefined || compare(first, end) < 0)) return major;
  }
  return undefined;
}

function boundsOf(clause: string): Bounds | undefined {
  const match = /^(=|!=|>=?|<=?|~>)?\s*v?(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?(?:-[\w.-]+)?$/.exec(clause);
  if (match === null) return undefined;
  const [, operator = '=', major = '0', minor, patch] = match;
  const version: Version = [Number(major), Number(minor ?? 0), Number(patch ?? 0)];
  const next: Version = [version[0], version[1], version[2] + 1];
  switch (operator) {
    case '>=':
      return { least: version, end: undefined };
    case '>':
      return { least: next, end: undefined };
    case '<':
      return { least: [0, 0, 0], end: version };
    case '<=':
      return { least: [0, 0, 0], end: next };
    // One version less does not change the newest major.
    case '!=':
      return { least: [0, 0, 0], end: undefined };
    case '~>':
      if (minor === undefined) return { least: version, end: undefined };
      return { least: version, end: patch === undefined ? [version[0] + 1, 0, 0] : [version[0], version[1] + 1, 0] };
    default:
      return { least: version, end: next };
  }
}

function compare(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}
