import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress } from '@florist/storage/webhooks/isPrivateAddress';

/** The name resolves to an address that is not the public internet's. */
export const PRIVATE_ADDRESS = 'EPRIVATEADDRESS';

/**
 * Resolves a name for one connection, which then goes to the very addresses that were checked: a name that answers
 * otherwise when asked again leads nowhere. One private address among several refuses them all.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const [first] = found ?? [];
    if (error !== null || first === undefined) {
      callback(error ?? Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
    } else if (found.some(({ address }: LookupAddress) => isPrivateAddress(address))) {
      callback(Object.assign(new Error('a private address'), { code: PRIVATE_ADDRESS }), '');
    } else if (options.all === true) {
      callback(null, found);
    } else {
      callback(null, first.address, first.family);
    }
  });
};
