import { TerraformError } from '../value.ts';

/** An IPv4 (32 bits) or IPv6 (128 bits) network: its first address as a number, and the length of its prefix. */
export interface Network {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly length: number;
}

/** Reads CIDR notation; bits behind the prefix are dropped. Leading zeros of IPv4 parts are allowed and decimal, as in Terraform. */
export function parseCidr(text: string): Network {
  const [, ip = '', prefix = ''] = /^([^/]*)\/(\d{1,3})$/.exec(text) ?? [];
  const bits = ip.includes(':') ? 128 : 32;
  const address = bits === 128 ? parseV6(ip) : parseV4(ip);
  const length = Number(prefix);
  if (prefix === '' || address === undefined || length > bits) {
    throw new TerraformError(`invalid CIDR address: ${text}`);
  }
  const hosts = BigInt(bits - length);
  return { bits, length, address: (address >> hosts) << hosts };
}

/** IPv4 with dots; IPv6 as RFC 5952 writes it, and an embedded IPv4 address as Go does. */
export function formatAddress(address: bigint, bits: 32 | 128): string {
  if (bits === 32) return octets(address).join('.');
  if (address >> 32n === 0xffffn) return octets(address & 0xffffffffn).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => Number((address >> BigInt(112 - index * 16)) & 0xffffn));
  const { start, length } = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

function octets(address: bigint): number[] {
  return [24n, 16n, 8n, 0n].map((shift) => Number((address >> shift) & 0xffn));
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,10}$/.test(part) || Number(part) > 255)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = '', tail] = halves;
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...before, ...Array<number>(missing).fill(0), ...after].reduce(
    (sum, group) => (sum << 16n) + BigInt(group),
    0n,
  );
}

/** Groups of 16 bits; an IPv4 address at the end counts as two. */
function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    const v4 = index === parts.length - 1 && part.includes('.') ? parseV4(part) : undefined;
    if (v4 !== undefined) groups.push(Number(v4 >> 16n), Number(v4 & 0xffffn));
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(parseInt(part, 16));
    else return undefined;
  }
  return groups;
}
