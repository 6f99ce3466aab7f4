import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '#components/shell/Providers.tsx';
import { THEME_COOKIE, toTheme } from '#lib/theme/theme.ts';
import { STYLE_NONCE_HEADER } from '#server/security/pageHeaders.ts';
import './globals.css';

const inter = localFont({
  src: '../../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--font-inter',
  weight: '100 900',
  display: 'swap',
});

/** σ, τ and Δ, which the Latin file lacks. */
const interGreek = localFont({
  src: '../../../node_modules/@fontsource-variable/inter/files/inter-greek-wght-normal.woff2',
  variable: '--font-inter-greek',
  weight: '100 900',
  display: 'swap',
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0370-03FF' }],
});

export const metadata: Metadata = {
  title: { default: 'Florist', template: '%s · Florist' },
  description: 'Federated LoRA fine-tuning: rounds, spectra and adapters.',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = toTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html
      lang="en"
      data-theme={theme === 'system' ? undefined : theme}
      className={`${inter.variable} ${interGreek.variable}`}
    >
      <body>
        <Providers
          now={new Date().toISOString()}
          styleNonce={(await headers()).get(STYLE_NONCE_HEADER) ?? ''}
        >
          {children}
        </Providers>
      </body>
    </html>
  );
}
