import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

/** Presses a button that hands out a file, and reads it. */
export async function readDownload(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

/** The rows of a CSV without quoted cells, each by the names of its columns. */
export function parseRows(csv: string): Record<string, string>[] {
  const [header = '', ...lines] = csv.trimEnd().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index], cell])));
}
