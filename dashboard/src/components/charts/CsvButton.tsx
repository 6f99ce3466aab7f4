'use client';

import { Download } from 'lucide-react';
import { Button } from '#components/ui/Button.tsx';
import { Tip } from '#components/ui/Tip.tsx';
import { downloadText } from '#lib/csv/downloadText.ts';
import { type CsvCell, toCsv } from '#lib/csv/toCsv.ts';

export interface CsvTable {
  header: readonly string[];
  rows: Iterable<readonly CsvCell[]>;
}

interface CsvButtonProps {
  /** What the figures are: "energy curves". */
  what: string;
  fileName: string;
  /** Gathered when asked for. */
  table: () => CsvTable | Promise<CsvTable>;
}

/** Hands out the figures behind a chart or table, exact. */
export function CsvButton({ what, fileName, table }: CsvButtonProps) {
  const download = async () => {
    const { header, rows } = await table();
    downloadText(fileName, toCsv(header, rows));
  };
  return (
    <Tip text={`Download the ${what} as CSV`}>
      <Button look="quiet" aria-label={`Download the ${what} as CSV`} onClick={() => void download()}>
        <Download size={14} aria-hidden="true" />
        <span className="max-sm:hidden">CSV</span>
      </Button>
    </Tip>
  );
}
