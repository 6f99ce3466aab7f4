export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Kept in a cookie, so that the server sends the page in its theme and nothing flashes. */
export const THEME_COOKIE = 'florist-theme';

const YEAR_SECONDS = 31_536_000;

export function toTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system';
}

/** Switches the page, and every later one. */
export function applyTheme(theme: Theme): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  document.dispatchEvent(new Event(THEME_EVENT));
}

/** Tells charts, which draw with colours of their own, to draw again. */
export const THEME_EVENT = 'florist-theme';
