import { downloadParameters } from '../accounting/downloadParameters.js';
import { efficiency } from '../accounting/efficiency.js';
import { parameterBytes } from '../accounting/parameterBytes.js';
import { serverOperations } from '../accounting/serverOperations.js';
import { totalRank } from '../accounting/totalRank.js';
import { uploadParameters } from '../accounting/uploadParameters.js';
import { chooseRank } from '../florist/chooseRank.js';
import { numericalRank } from '../florist/numericalRank.js';
import { tailEnergies } from '../florist/tailEnergies.js';
import type { Adapter } from '../schemas/adapter.js';
import type { Method } from '../schemas/aggregation.js';
import type { Comparison, MethodCost } from '../schemas/comparison.js';
import type { AdapterReport, ReportedModule } from './adapterReport.js';

/** Thresholds at which FLoRIST is compared, besides those that were published. */
export const TAU_GRID: readonly number[] = [0.8, 0.85, 0.9, 0.95, 0.99];

const OTHERS = ['fedit', 'ffa-lora', 'flora', 'flexlora'] as const satisfies readonly Method[];

const FACTORS_DIFFER = 'the clients’ A factors differ, so averages of B alone are not averages of updates';

/**
 * What every method costs a round and how far it is from the exact mean: FLoRIST over a grid of τ and at every
 * τ that was published, as far as the spectra are known, then the others. Errors are exact, from Gram space, before
 * rounding to the dtype; no method is run.
 *
 * @param report of any adapter of the round: spectra and errors are the same in all of them
 * @param adapters of the round, for the times that were measured
 */
export function compareMethods(report: AdapterReport, adapters: readonly Adapter[]): Comparison {
  const taus = [...new Set([...TAU_GRID, ...adapters.flatMap(tauOf)])]
    .filter((tau) => report.modules.every((module) => isKnown(module, tau)))
    .sort((x, y) => x - y);
  return {
    dtype: report.aggregation.dtype,
    clients: report.clients.length,
    modules: report.modules.length,
    methods: [
      ...taus.map((tau) => floristCost(report, tau, adapters)),
      ...OTHERS.map((method) => otherCost(report, method, adapters)),
    ],
  };
}

function tauOf({ aggregation: { method, rank } }: Adapter): number[] {
  return method === 'florist' && rank.policy === 'energy' ? [rank.tau] : [];
}

/** Whether the singular values that were found reach to τ. */
function isKnown({ restEnergy, energy }: ReportedModule, tau: number): boolean {
  return restEnergy <= (1 - tau) * energy;
}

function floristCost(report: AdapterReport, tau: number, adapters: readonly Adapter[]): MethodCost {
  const modules = report.modules.map((module) => ({
    ...module,
    rank: chooseRank(module.singularValues, { policy: 'energy', tau }, module.restEnergy),
  }));
  const error = modules.reduce(
    (sum, { singularValues, restEnergy, rank }) => sum + tailEnergies(singularValues, restEnergy)[rank],
    0,
  );
  const relativeError = relative(report, error);
  const made = adapters.find((adapter) => adapter.result && tauOf(adapter).includes(tau));
  return { ...costOf(report, 'florist', modules), tau, relativeError, ...measured(made) };
}

function otherCost(
  report: AdapterReport,
  method: (typeof OTHERS)[number],
  adapters: readonly Adapter[],
): MethodCost {
  const error = squaredError(report, method);
  const made = adapters.find(({ aggregation, result }) => result && aggregation.method === method);
  const modules = method === 'flexlora' ? report.modules.map(asServed) : report.modules;
  return {
    ...costOf(report, method, modules),
    relativeError: error === null ? null : relative(report, error),
    ...measured(made),
    ...(error === null && { note: FACTORS_DIFFER }),
  };
}

/** FlexLoRA cuts ΔW at each client's rank, and no cut of it has more than ΔW itself; of zero, one is served. */
function asServed(module: ReportedModule): ReportedModule {
  const most = Math.max(1, numericalRank(module.singularValues));
  const clientRanks = module.clientRanks.map(({ rank, clients }) => ({
    rank: Math.min(rank, most),
    clients,
  }));
  return { ...module, clientRanks };
}

function costOf(report: AdapterReport, method: Method, modules: readonly ReportedModule[]) {
  const round = { clients: report.clients.length, modules };
  const { dtype } = report.aggregation;
  const parameters = downloadParameters(method, round);
  const uploaded = uploadParameters(method, round);
  return {
    method,
    totalRank: totalRank(method, round),
    parameters,
    bytes: parameterBytes(parameters, dtype),
    uploadParameters: uploaded,
    uploadBytes: parameterBytes(uploaded, dtype),
    clientUploadParameters: uploaded / round.clients,
    clientUploadBytes: parameterBytes(uploaded, dtype) / round.clients,
    efficiency: efficiency(method, round),
    flops: serverOperations(method, round),
  };
}

/** Σ over modules of ‖ΔW − published‖²; for FlexLoRA the mean over clients. Null where the method is ruled out. */
function squaredError({ clients, modules }: AdapterReport, method: (typeof OTHERS)[number]): number | null {
  switch (method) {
    case 'fedit':
      return modules.reduce((sum, { methodErrors }) => sum + methodErrors.fedit, 0);
    case 'flora':
      return 0;
    case 'ffa-lora':
      return modules.every(({ methodErrors }) => methodErrors['ffa-lora'] === 0) ? 0 : null;
    case 'flexlora':
      return modules.reduce((sum, module) => sum + flexloraError(module, clients.length), 0);
  }
}

/** A client that lacks the module receives nothing of it, and misses all of its energy. */
function flexloraError({ clientRanks, methodErrors, energy }: ReportedModule, clients: number): number {
  const having = clientRanks.reduce((sum, count) => sum + count.clients, 0);
  const missed = clientRanks.reduce(
    (sum, count, index) => sum + count.clients * methodErrors.flexlora[index],
    (clients - having) * energy,
  );
  return missed / clients;
}

function relative({ modules }: AdapterReport, squared: number): number {
  const energy = modules.reduce((sum, module) => sum + module.energy, 0);
  return energy > 0 ? Math.sqrt(squared / energy) : 0;
}

function measured(adapter: Adapter | undefined): Pick<MethodCost, 'seconds' | 'adapter'> {
  if (adapter?.result === undefined) return {};
  return { seconds: adapter.result.seconds, adapter: adapter.id };
}
