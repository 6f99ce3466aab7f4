import { isIPv6 } from 'node:net';

/** Of an IPv6 address, the half that names a network; the other half is its holder's to choose. */
const NETWORK_GROUPS = 4;

const IPV4_MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** What counts as one address when attempts are counted: an IPv4 address, or a /64 of IPv6. */
export function addressBlock(address: string): string {
  const mapped = IPV4_MAPPED.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) {
    return mapped ?? address;
  }
  const [head = '', tail = ''] = address.split('%', 1)[0]?.split('::') ?? [];
  const front = head === '' ? [] : head.split(':');
  const missing = 8 - front.length - (tail === '' ? 0 : tail.split(':').length);
  const zeros = address.includes('::') ? Array<string>(missing).fill('0') : [];
  const groups = [...front, ...zeros, ...tail.split(':')].slice(0, NETWORK_GROUPS);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
