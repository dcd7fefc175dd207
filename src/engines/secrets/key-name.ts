const NAME = /([A-Za-z_][\w.-]{0,80})["'`]?\]?[ \t]{0,8}(?:=>|:=|=|:|>|,|\()[ \t]{0,8}["'`]?$/;
const REACH = 200;

/** The name that a value is assigned to, by what stands before it on its line: `key = `, `"key": "`, `<key>`; undefined for none. */
export function keyBefore(text: string, start: number): string | undefined {
  const from = Math.max(text.lastIndexOf('\n', start - 1) + 1, start - REACH);
  return NAME.exec(text.slice(from, start))?.[1];
}
