/** Shannon entropy in bits a character, counted over code points and divided by the length in UTF-8 bytes, as gitleaks does. */
export function shannonEntropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  const length = Buffer.byteLength(text);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / length) * Math.log2(count / length);
  return bits;
}
