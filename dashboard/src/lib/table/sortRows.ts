export type SortKey = string | number | undefined;

export interface Sort {
  column: string;
  descending: boolean;
}

/** Rows in the order of a key; what has no key comes last either way, and equals keep their order. */
export function sortRows<T>(rows: readonly T[], key: (row: T) => SortKey, descending: boolean): T[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const left = key(a);
    const right = key(b);
    if (left === undefined || right === undefined) {
      return left === right ? 0 : left === undefined ? 1 : -1;
    }
    if (typeof left === 'number' && typeof right === 'number') {
      return sign * (left - right);
    }
    return sign * String(left).localeCompare(String(right), 'en', { numeric: true });
  });
}

/** `name`, or `-name` for descending, as it stands in the URL. */
export function readSort(text: string): Sort | undefined {
  return text === '' ? undefined : { column: text.replace(/^-/, ''), descending: text.startsWith('-') };
}

export function writeSort(sort: Sort | undefined): string {
  return sort === undefined ? '' : `${sort.descending ? '-' : ''}${sort.column}`;
}
