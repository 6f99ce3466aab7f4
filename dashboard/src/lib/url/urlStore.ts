/** Browsers refuse more than a few changes of the URL a second; what is on view follows at once all the same. */
const WRITE_MS = 200;

const listeners = new Set<() => void>();
let query = new URLSearchParams();
let path = '';
let timer: ReturnType<typeof setTimeout> | undefined;

/** The query of the URL as the page holds it: ahead of the address bar while the reader moves something. */
export const urlStore = {
  get: (name: string): string | null => query.get(name),

  set: (name: string, value: string | undefined): void => {
    query = new URLSearchParams(query);
    if (value === undefined) {
      query.delete(name);
    } else {
      query.set(name, value);
    }
    clearTimeout(timer);
    timer = setTimeout(write, WRITE_MS);
    tell();
  },

  /** Takes over what a navigation put into the address bar. */
  adopt: (pathname: string, search: string): void => {
    if (pathname === path && timer !== undefined) {
      return; // the reader has moved on since
    }
    clearTimeout(timer);
    timer = undefined;
    path = pathname;
    if (query.toString() !== new URLSearchParams(search).toString()) {
      query = new URLSearchParams(search);
      tell();
    }
  },

  /** The same before any effect ran: the first view of a page must not be that of the page before. */
  adoptFirst: (pathname: string, search: string): void => {
    if (pathname !== path) {
      clearTimeout(timer);
      timer = undefined;
      path = pathname;
      query = new URLSearchParams(search);
    }
  },

  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function write(): void {
  timer = undefined;
  if (location.pathname === path) {
    const text = query.toString();
    history.replaceState(null, '', text === '' ? path : `${path}?${text}`);
  }
}

function tell(): void {
  for (const listener of listeners) {
    listener();
  }
}
