/** Shannon entropy in bits a character, counted over code points and divided by the length in UTF-8 bytes, as gitleaks does. */
export function shannonEntropy(text: string, length = Buffer.byteLength(text)): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  const share = 1 / length;
  for (const count of counts.values()) bits -= count * share * Math.log2(count * share);
  return bits;
}
