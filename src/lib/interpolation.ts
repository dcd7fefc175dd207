/**
 * Resolves `${NAME}`, `$NAME`, `${NAME:-default}`, `${NAME-default}` and `$$` as compose files do.
 * Gives the names that have neither a value nor a default; the text is then left as it is.
 */
export function interpolate(
  text: string,
  values: ReadonlyMap<string, string>,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const result = text.replace(
    /\$(?:\$|\{([A-Za-z_]\w*)(?:(:?[-?+])([^}]*))?\}|([A-Za-z_]\w*))/g,
    (
      whole: string,
      braced: string | undefined,
      operator: string | undefined,
      word: string | undefined,
      bare: string | undefined,
    ) => {
      if (whole === '$$') return '$';
      const name = braced ?? bare ?? '';
      const value = values.get(name);
      const usable = value !== undefined && !(operator?.startsWith(':') === true && value === '');
      if (operator?.endsWith('+') === true) return usable ? (word ?? '') : '';
      if (usable) return value;
      if (operator?.endsWith('-') === true) return word ?? '';
      missing.push(name);
      return whole;
    },
  );
  return missing.length > 0 ? { ok: false, missing } : { ok: true, text: result };
}
