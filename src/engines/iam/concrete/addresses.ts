/** Bits of an IP address with the width of its family. */
export interface Address {
  readonly width: 32 | 128;
  readonly bits: bigint;
}

/** An address range of CIDR notation. */
export interface AddressRange extends Address {
  /** How many leading bits count. */
  readonly prefix: number;
}

/** An IPv4 or IPv6 address; undefined where the text is none. */
export function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

/** `203.0.113.0/24`, `2001:db8::/32`; an address without a prefix is a range of one. */
export function parseRange(text: string): AddressRange | undefined {
  const [start = '', length, more] = text.split('/');
  const address = parseAddress(start);
  if (address === undefined || more !== undefined) return undefined;
  const prefix = length === undefined ? address.width : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  return prefix <= address.width ? { ...address, prefix } : undefined;
}

/** Whether an address lies in a range of its own family. */
export function inRange({ width, bits }: Address, range: AddressRange): boolean {
  const free = BigInt(range.width - range.prefix);
  return width === range.width && bits >> free === range.bits >> free;
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return { width: 32, bits: parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n) };
}

function parseV6(text: string): Address | undefined {
  if (text.length > 45) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map(groupsOf);
  const [head, tail] = groups;
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const gap = 8 - head.length - (tail?.length ?? 0);
  if (halves.length === 1 ? gap !== 0 : gap < 1) return undefined;
  const all = [...head, ...Array.from({ length: gap }, () => 0n), ...(tail ?? [])];
  return { width: 128, bits: all.reduce((bits, group) => (bits << 16n) | group, 0n) };
}

/** Groups of 16 bits; an IPv4 address at the end makes two. */
function groupsOf(text: string): bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const v4 = index === parts.length - 1 && part.includes('.') ? parseV4(part) : undefined;
    if (v4 !== undefined) groups.push(v4.bits >> 16n, v4.bits & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}
