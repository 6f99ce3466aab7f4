import { isIP } from 'node:net';
import { Refusal } from '@florist/core/errors/refusal';
import { hostOf } from './hostOf.js';
import { isPrivateAddress } from './isPrivateAddress.js';

/**
 * The address in the form in which it is kept. What a name resolves to is checked at every delivery.
 * @param allowPrivate also http:// and private addresses
 * @throws Refusal request_invalid
 */
export function checkWebhookUrl(text: string, allowPrivate: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw wrong('Must be an absolute URL.');
  const schemes = allowPrivate ? ['https:', 'http:'] : ['https:'];
  if (!schemes.includes(url.protocol)) {
    throw wrong(allowPrivate ? 'Must begin with https:// or http://.' : 'Must begin with https://.');
  }
  if (url.username !== '' || url.password !== '') throw wrong('Must not hold a user name or a password.');
  if (url.hash !== '') throw wrong('Must not hold a fragment.');
  const host = hostOf(url);
  if (!allowPrivate && (isLocalName(host) || (isIP(host) !== 0 && isPrivateAddress(host)))) {
    throw wrong('Must not be a private, loopback or link-local address.');
  }
  return url.href;
}

function isLocalName(host: string): boolean {
  return /(^|\.)localhost\.?$/.test(host);
}

function wrong(detail: string): Refusal {
  return new Refusal('request_invalid', 'The address cannot be a webhook’s.', [{ field: '/url', detail }]);
}
