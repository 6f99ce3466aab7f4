/** Numbers used once: that of scripts never reaches the page's own code, that of styles has to. */
export interface Nonces {
  script: string;
  style: string;
}

/**
 * What a page may load: only what this server sends, and only the scripts that carry the nonce of this very
 * answer. Style attributes are allowed, since positions of tooltips and lengths of bars are set that way.
 */
export function contentSecurityPolicy({ script, style }: Nonces, development: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${script}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${style}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
