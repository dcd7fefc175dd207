/** IP network functions: https://developer.hashicorp.com/terraform/language/functions#ip-network-functions. */

import type { TfFunction } from '../functions.ts';
import { toIndex } from '../number.ts';
import { TerraformError, type TfValue } from '../value.ts';
import { formatAddress, parseCidr, type Network } from './addresses.ts';
import { define, list, string, text, unknown } from './define.ts';
import { numberAt, textAt, wholeAt } from './read.ts';

export const NETWORK: readonly (readonly [string, TfFunction])[] = [
  define('cidrhost', { params: ['string', 'number'], gives: 'string' }, (args, tools) => {
    const network = parseCidr(textAt(args, 0));
    if (network.bits === 128 && network.address >> 32n === 0xffffn) {
      return unknown('cidrhost() of an IPv4 network mapped into IPv6 is not modelled', tools, { type: 'string' });
    }
    return string(formatAddress(host(network, bigAt(args, 1)), network.bits), tools);
  }),
  define('cidrnetmask', { params: ['string'], gives: 'string' }, (args, tools) => {
    const { bits, length } = parseCidr(textAt(args, 0));
    if (bits !== 32) throw new TerraformError('IPv6 addresses cannot have a netmask');
    return string(formatAddress(((1n << BigInt(length)) - 1n) << BigInt(32 - length), 32), tools);
  }),
  define('cidrsubnet', { params: ['string', 'number', 'number'], gives: 'string' }, (args, tools) =>
    string(formatNetwork(subnet(parseCidr(textAt(args, 0)), wholeAt(args, 1), bigAt(args, 2))), tools),
  ),
  define(
    'cidrsubnets',
    { params: ['string'], rest: 'number', gives: { kind: 'list', of: 'string' } },
    (args, tools) => {
      const network = parseCidr(textAt(args, 0));
      const widths = args.slice(1).map((_, index) => wholeAt(args, index + 1));
      return list(
        subnets(network, widths).map((found) => text(formatNetwork(found), tools.origin)),
        tools,
      );
    },
  ),
];

function host({ address, bits, length }: Network, index: bigint): bigint {
  const size = 1n << BigInt(bits - length);
  if (index >= size || index < -size) {
    throw new TerraformError(`prefix of ${length} does not accommodate a host numbered ${index}`);
  }
  return address + (index < 0n ? size + index : index);
}

/** A negative index or extension is not refused; its bits are set as two's complement has them, as in Terraform. */
function subnet({ address, bits, length }: Network, more: number, index: bigint): Network {
  const longer = length + more;
  if (longer < 0 || longer > bits) {
    throw new TerraformError(`insufficient address space to extend prefix of ${length} by ${more}`);
  }
  if (more >= 0 && index >= 1n << BigInt(more)) {
    throw new TerraformError(`prefix extension of ${more} does not accommodate a subnet numbered ${index}`);
  }
  const joined = address | (index << BigInt(bits - longer));
  return { bits, length: longer, address: BigInt.asUintN(bits, joined < 0n ? -joined : joined) };
}

/** Consecutive subnets, each aligned to its own size. */
function subnets(network: Network, widths: readonly number[]): Network[] {
  const { address, bits, length } = network;
  const end = address + (1n << BigInt(bits - length));
  let next = address;
  return widths.map((width) => {
    if (width < 1) throw new TerraformError('must extend prefix by at least one bit');
    if (width > 32) throw new TerraformError('may not extend prefix by more than 32 bits');
    if (length + width > bits)
      throw new TerraformError(`would extend prefix to ${length + width} bits, which is too long`);
    const size = 1n << BigInt(bits - length - width);
    const start = ((next + size - 1n) / size) * size;
    if (start + size > end) throw new TerraformError('not enough remaining address space');
    next = start + size;
    return { bits, length: length + width, address: start };
  });
}

function formatNetwork({ address, bits, length }: Network): string {
  return `${formatAddress(address, bits)}/${length}`;
}

function bigAt(args: readonly TfValue[], index: number): bigint {
  const value = numberAt(args, index);
  if (typeof value === 'bigint') return value;
  const whole = toIndex(value);
  if (whole === undefined) throw new TerraformError(`argument ${index + 1} must be a whole number`);
  return BigInt(whole);
}
