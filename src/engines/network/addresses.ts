import { formatAddress, parseCidr } from '../terraform/functions/addresses.ts';

/**
 * Addresses on one line: IPv4 from 0, IPv6 behind it. First and last are inclusive, and of one family.
 */
export interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
}

const V6 = 1n << 32n;
const END = V6 + (1n << 128n) - 1n;

/** All of IPv4, and all of IPv6. */
export const FAMILIES: readonly [AddressRange, AddressRange] = [
  { first: 0n, last: V6 - 1n },
  { first: V6, last: END },
];

/** A block in CIDR notation, bits behind the prefix dropped; undefined where it is none. */
export function blockOf(text: string): AddressRange | undefined {
  if (text.length > 64) return undefined;
  try {
    const { bits, address, length } = parseCidr(text);
    const first = bits === 32 ? address : V6 + address;
    return { first, last: first + (1n << BigInt(bits - length)) - 1n };
  } catch {
    return undefined;
  }
}

/** A single address as a range; a block is also taken. */
export function addressOrBlock(text: string): AddressRange | undefined {
  if (text.includes('/')) return blockOf(text);
  return blockOf(`${text}/${text.includes(':') ? 128 : 32}`);
}

export function isWithin(range: AddressRange, outer: AddressRange): boolean {
  return outer.first <= range.first && range.last <= outer.last;
}

/** Sorted, apart from each other, without neighbours of one family. */
export function normalise(ranges: readonly AddressRange[]): AddressRange[] {
  const sorted = [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const merged: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of sorted) {
    const before = merged.at(-1);
    if (before !== undefined && first <= before.last + 1n && first !== V6) {
      if (last > before.last) before.last = last;
    } else merged.push({ first, last });
  }
  return merged;
}

/** What is in `ranges` and not in `except`. */
export function without(ranges: readonly AddressRange[], except: readonly AddressRange[]): AddressRange[] {
  const cuts = normalise(except);
  return normalise(ranges).flatMap(({ first, last }) => {
    const left: AddressRange[] = [];
    let from = first;
    for (const cut of cuts) {
      if (cut.last < from) continue;
      if (cut.first > last) break;
      if (cut.first > from) left.push({ first: from, last: cut.first - 1n });
      from = cut.last + 1n;
    }
    if (from <= last) left.push({ first: from, last });
    return left;
  });
}

/** `10.0.0.0-10.0.0.255`; a single address stands alone. */
export function printRange({ first, last }: AddressRange): string {
  const bits = first < V6 ? 32 : 128;
  const [from, to] = [first, last].map((address) => formatAddress(bits === 32 ? address : address - V6, bits));
  return from === to ? (from ?? '') : `${from}-${to}`;
}
