'use client';

interface GlobalErrorProps {
  error: Error & { digest?: string };
}

/** What is shown when not even the frame of the pages can be drawn: it leans on nothing that may be at fault. */
export default function GlobalError({ error }: GlobalErrorProps) {
  return (
    <html lang="en" style={{ colorScheme: 'light dark' }}>
      <body style={{ maxWidth: '40rem', margin: '20vh auto', padding: '0 1rem', fontFamily: 'sans-serif' }}>
        <title>Florist</title>
        <h1>The dashboard could not be drawn</h1>
        <p>
          The fault is in the dashboard, not in your rounds: what is stored is safe, and aggregation goes on.
          {error.digest !== undefined && ` The dashboard’s log holds the cause under ${error.digest}.`}
        </p>
        <p>
          <a href="/">All federations</a>
        </p>
      </body>
    </html>
  );
}
