export type CsvCell = string | number | boolean | null | undefined;

/** Rows as RFC 4180 has them: CRLF, quotes doubled; a leading formula sign is disarmed for spreadsheets. */
export function toCsv(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [header.map(quote).join(',')];
  for (const row of rows) {
    lines.push(row.map(quote).join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

function quote(cell: CsvCell): string {
  if (cell === null || cell === undefined) {
    return '';
  }
  if (typeof cell === 'number' || typeof cell === 'boolean') {
    return String(cell);
  }
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
