import { parseModule } from './parseModule.ts';

/** Modules laid out by layer and projection. */
export interface ModuleGrid {
  /** Labels of the rows: numbers of layers, ascending; `—` holds modules outside any layer. */
  layers: string[];
  /** Labels of the columns, as short as they stay distinct. */
  projections: string[];
  /** What each of the columns stands for: the path inside a layer. */
  paths: string[];
  /** Per module of the input: its column and row. */
  places: { column: number; row: number }[];
  /** The module at a place, as an index of the input. */
  at: (column: number, row: number) => number | undefined;
}

/** Stands for modules outside any layer, which come first. */
const OUTSIDE = -1;

/** Where each module stands in a map of layers × projections. */
export function moduleGrid(names: readonly string[]): ModuleGrid {
  const parsed = names.map(parseModule);
  const layerNumbers = [...new Set(parsed.map(({ layer = OUTSIDE }) => layer))].sort((a, b) => a - b);
  const paths = [...new Set(parsed.map(({ projection }) => projection))];
  const shorts = new Set(parsed.map(({ short }) => short));
  const rows = new Map(layerNumbers.map((layer, row) => [layer, row]));
  const columns = new Map(paths.map((path, column) => [path, column]));
  const places = parsed.map(({ layer, projection }) => ({
    column: columns.get(projection) ?? 0,
    row: rows.get(layer ?? OUTSIDE) ?? 0,
  }));
  const index = new Map(places.map(({ column, row }, number) => [`${column},${row}`, number]));
  return {
    layers: layerNumbers.map((layer) => (layer === OUTSIDE ? '—' : `L${layer}`)),
    projections: shorts.size === paths.length ? paths.map((path) => parseModule(path).short) : paths,
    paths,
    places,
    at: (column, row) => index.get(`${column},${row}`),
  };
}
