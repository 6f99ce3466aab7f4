// @ts-check

/** @typedef {import('./precision.mjs').PrecisionLine} PrecisionLine */
/** @typedef {PrecisionLine['published'][number]} Published */
/** @typedef {{ name: string, table: import('../bench/section.mjs').Table }} NamedTable name of its place in the document */

const DTYPES = /** @type {const} */ (['F32', 'F16', 'BF16']);
/** σ_1 over a σ that is nothing but rounding. */
const CONDITION_MAX = 1e15;

/**
 * The tables of docs/precision.md.
 *
 * @param {PrecisionLine[]} lines
 * @returns {NamedTable[]}
 */
export function precisionTables(lines) {
  const cases = [...new Set(lines.map(({ name }) => name))].map((name) =>
    DTYPES.map((input) => lines.find((line) => line.name === name && line.input === input)),
  );
  return [
    { name: 'sigma', table: sigmaTable(cases) },
    {
      name: 'product-default',
      table: publishedTable('Product published at τ = 0.9', cases, 0.9, ({ product }) => product),
    },
    {
      name: 'product-strict',
      table: publishedTable('Product published at τ = 1', cases, 1, ({ product }) => product),
    },
    {
      name: 'orthonormality',
      table: publishedTable('A_g A_gᵀ at τ = 1', cases, 1, ({ orthonormality }) => orthonormality),
    },
    { name: 'rounding', table: roundingTable(lines) },
  ];
}

/** @typedef {(PrecisionLine | undefined)[][]} Cases by case and dtype of the submissions */

/**
 * @param {Cases} cases
 * @returns {import('../bench/section.mjs').Table}
 */
function sigmaTable(cases) {
  return {
    title: 'Singular values',
    columns: [
      { title: 'stack', align: 'left' },
      { title: 'r' },
      { title: 'path', align: 'left' },
      ...DTYPES.flatMap((dtype) => [{ title: `${dtype} in: κ` }, { title: 'rank' }, { title: 'σ off' }]),
    ],
    rows: cases.map((lines) => [
      lines[0]?.name ?? '',
      String(lines[0]?.stackedRank ?? ''),
      [...new Set(lines.flatMap((line) => line?.published.map(({ path }) => path) ?? []))].join(', '),
      ...lines.flatMap((line) => {
        if (line === undefined) return ['', '', ''];
        const off = Math.max(...line.published.map(({ sigma }) => sigma));
        const condition = line.condition > CONDITION_MAX ? '∞' : format(line.condition);
        return [condition, String(line.rank), format(off)];
      }),
    ]),
    notes: [],
  };
}

/**
 * @param {string} title
 * @param {Cases} cases
 * @param {number} tau
 * @param {(published: Published) => number} pick
 * @returns {import('../bench/section.mjs').Table}
 */
function publishedTable(title, cases, tau, pick) {
  return {
    title,
    columns: [
      { title: 'stack', align: 'left' },
      ...DTYPES.flatMap((input) => DTYPES.map((output) => ({ title: `${input} → ${output}` }))),
    ],
    rows: cases.map((lines) => [
      lines[0]?.name ?? '',
      ...lines.flatMap((line) =>
        DTYPES.map((output) => {
          const found = line?.published.find((adapter) => adapter.tau === tau && adapter.dtype === output);
          return found === undefined ? '' : format(pick(found));
        }),
      ),
    ]),
    notes: [],
  };
}

/**
 * @param {PrecisionLine[]} lines
 * @returns {import('../bench/section.mjs').Table}
 */
function roundingTable(lines) {
  const columns = ['product', 'exact, rounded', 'ratio at most', 'A_g A_gᵀ', 'exact, rounded'];
  return {
    title: 'The worst of all rows, and what rounding alone makes of exact factors',
    columns: [{ title: 'published as', align: 'left' }, ...columns.map((title) => ({ title }))],
    rows: DTYPES.map((dtype) => {
      const all = lines.flatMap(({ published }) => published.filter((adapter) => adapter.dtype === dtype));
      const most = (/** @type {(published: Published) => number} */ pick) => Math.max(...all.map(pick));
      return [
        dtype,
        format(most(({ product }) => product)),
        format(most(({ rounding }) => rounding.product)),
        most(({ product, rounding }) => product / rounding.product).toFixed(3),
        format(most(({ orthonormality }) => orthonormality)),
        format(most(({ rounding }) => rounding.orthonormality)),
      ];
    }),
    notes: [],
  };
}

/** @param {number} value */
const format = (value) => (value === 0 ? '0' : value.toExponential(1).replace('e+', 'e'));
