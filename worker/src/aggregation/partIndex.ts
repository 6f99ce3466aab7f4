import type { ModuleMeasure, ModuleReport } from '@florist/core/florist/moduleReport';
import type { ClientShare } from '@florist/core/results/adapterReport';
import type { Engine } from '@florist/core/schemas/lineage';
import type { ProductKind } from '@florist/core/weighting/clientProducts';

/** One module of a part: what is known of it and where its factors lie in the part's bytes. */
export interface PartModule {
  report: ModuleReport;
  /** Positions in the round's clients, sorted by name, of those that have the module. */
  clients: readonly number[];
  /** Bytes of A_g; those of B_g follow. */
  a: { begin: number; end: number };
  b: { begin: number; end: number };
}

/** The `.json` of a part that holds modules of the adapter. It is written last, so it stands for a whole part. */
export interface PartIndex {
  provider: string;
  engine: Engine;
  /** Sorted by name. */
  modules: readonly PartModule[];
  /** Seconds of aggregation, without waiting for input. */
  computeSeconds: number;
  taskType?: string;
  /** The base model that all clients named alike. */
  baseModel?: string;
  clients: readonly ClientShare[];
}

/** The `.json` of a part of the pass in which clients are weighed; its `.bin` holds the inner products. */
export interface WeighIndex {
  clients: number;
  kind: ProductKind;
  computeSeconds: number;
}

/** The `.json` of a part of the pass that measures spectra under a byte budget. */
export interface MeasureIndex {
  measures: readonly ModuleMeasure[];
  computeSeconds: number;
}
