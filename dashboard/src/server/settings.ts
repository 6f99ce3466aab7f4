const API_PORT_DEFAULT = 8080;
const DASHBOARD_PORT_DEFAULT = 3000;

/** Where the dashboard finds the api, without a slash at the end. */
export function apiUrl(): string {
  const given = urlFrom('FLORIST_API_URL');
  if (given !== undefined) {
    return given;
  }
  const host = process.env.HOST || '127.0.0.1';
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const name = reached.includes(':') ? `[${reached}]` : reached;
  const scheme = process.env.FLORIST_TLS_CERT ? 'https' : 'http';
  return `${scheme}://${name}:${process.env.PORT || API_PORT_DEFAULT}`;
}

/** Where clients find the api: it stands in the lines that operators hand on. */
export function publicApiUrl(): string {
  return urlFrom('FLORIST_PUBLIC_API_URL') ?? apiUrl();
}

function urlFrom(name: string): string | undefined {
  return process.env[name]?.replace(/\/+$/, '') || undefined;
}

/** The port of this dashboard; it names the cookie, since cookies of one host are shared by all its ports. */
export function dashboardPort(): number {
  return Number(process.env.DASHBOARD_PORT || DASHBOARD_PORT_DEFAULT);
}
