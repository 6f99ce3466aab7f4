import { createHmac } from 'node:crypto';

/** What begins a secret, before its base64. */
const SECRET_PREFIX = 'whsec_';

/**
 * The headers by which a receiver knows a message: Standard Webhooks, symmetric version 1. The signature is the
 * HMAC-SHA256 of `id.timestamp.body`.
 */
export function signMessage(
  secret: string,
  id: string,
  at: Date,
  body: string,
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  if (!secret.startsWith(SECRET_PREFIX)) throw new Error('a webhook’s secret has an unknown form');
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
