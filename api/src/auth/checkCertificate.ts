import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Refusal } from '@florist/core/errors/refusal';
import type { ClientPrincipal } from './principal.js';

/**
 * Makes a client's token good only over a connection whose certificate names the same client, as the subject
 * alternative name `URI:florist:<federation>/<client>`: whoever has only stolen the token gets nothing.
 * @throws Refusal certificate_required
 */
export function checkCertificate(socket: Socket, { federation, client }: ClientPrincipal): void {
  const name = `URI:florist:${federation}/${client}`;
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (certificate === undefined) {
    throw new Refusal('certificate_required', `Present the client's certificate, one with the name ${name}.`);
  }
  // a resumed session without a certificate counts as authorized, so neither check replaces the other
  if (!(socket instanceof TLSSocket && socket.authorized)) {
    throw new Refusal(
      'certificate_required',
      "The client's certificate is not valid here: expired, or of another CA.",
    );
  }
  if (!namesOf(certificate).includes(name)) {
    throw new Refusal('certificate_required', `The certificate does not have the name ${name}.`);
  }
}

/** What holds a comma stands in quotation marks, and is no name of ours; without them it could pass for several. */
function namesOf({ subjectAltName = '' }: X509Certificate): string[] {
  return subjectAltName.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').split(', ');
}
