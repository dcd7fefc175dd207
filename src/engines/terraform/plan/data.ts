/** Access to data that JSON.parse has read; names come from files, so only own properties count. */

export type Data = Readonly<Record<string, unknown>>;

export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value under a name; undefined where there is none or `value` is no object. */
export function own(value: unknown, name: string): unknown {
  return isData(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Follows names down. */
export function below(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce(own, value);
}

export function textAt(value: unknown, name: string): string | undefined {
  const found = own(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** The list under a name; empty where there is none. */
export function listAt(value: unknown, name: string): readonly unknown[] {
  const found = own(value, name);
  return Array.isArray(found) ? found : [];
}

/** The entries of the object under a name; none where there is none. */
export function entriesAt(value: unknown, name: string): readonly (readonly [string, unknown])[] {
  const found = own(value, name);
  return isData(found) ? Object.entries(found) : [];
}
