import 'server-only';
import { ApiProblem } from '#lib/api/ApiProblem.ts';
import { makeProblem } from '#lib/api/toProblem.ts';
import type { Adapter } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { readSpectrum } from '#lib/spectrum/readSpectrum.ts';
import type { SpectrumData } from '#lib/spectrum/spectrumData.ts';
import { serverApi } from '../api/serverApi.ts';
import type { Session } from '../session/session.ts';

/** Which spectrum: of the current adapter where none is named. */
export interface SpectrumAddress {
  federation: string;
  round: string;
  adapter: string | undefined;
}

interface Held {
  spectrum: Promise<SpectrumData>;
  bytes: number;
}

/** Parsed spectra that are kept, in bytes of their typed arrays; about ten of 560 modules with 1,600 σ each. */
const HELD_BYTES_MAX = 160e6;

const held = new Map<string, Held>();

/**
 * The spectrum of an adapter, fetched and parsed once. Each call first asks for the round's adapters with the
 * reader's own token, which is quick, so that nobody sees through the cache what the api would refuse.
 * @throws ApiProblem
 */
export async function loadSpectrum(session: Session, address: SpectrumAddress): Promise<SpectrumData> {
  const adapter = await findAdapter(session, address);
  const { federation, round } = address;
  const key = [federation, round, adapter.id, adapter.result?.sha256, adapter.publishedAt].join('/');
  const known = held.get(key);
  if (known !== undefined) {
    held.delete(key); // moves it to the end: the least recently used is first
    held.set(key, known);
    return known.spectrum;
  }
  const entry: Held = {
    spectrum: fetchSpectrum(session, { federation, round, adapter: adapter.id }),
    bytes: 0,
  };
  held.set(key, entry);
  try {
    entry.bytes = sizeOf(await entry.spectrum);
    makeRoom(key);
    return await entry.spectrum;
  } catch (error) {
    held.delete(key);
    throw error;
  }
}

async function findAdapter(
  session: Session,
  { federation, round, adapter }: SpectrumAddress,
): Promise<Adapter> {
  const { items } = await unwrap(
    serverApi(session.token).GET('/v1/federations/{federation}/rounds/{round}/adapters', {
      params: { path: { federation, round } },
    }),
  );
  const found = items.find(({ id, current }) => (adapter === undefined ? current : id === adapter));
  if (found?.state === 'published') return found;
  const detail = `Round ${round} of ${federation} has no published adapter ${adapter ?? ''}`.trim();
  throw new ApiProblem(problemOf(found?.state, detail));
}

function problemOf(state: Adapter['state'] | undefined, detail: string) {
  if (state === undefined) return makeProblem(404, 'adapter_not_found', 'No such adapter', detail);
  return state === 'failed'
    ? makeProblem(409, 'adapter_failed', 'The adapter could not be made', detail)
    : makeProblem(409, 'adapter_pending', 'The adapter is not published yet', detail);
}

async function fetchSpectrum(
  session: Session,
  { federation, round, adapter }: SpectrumAddress & { adapter: string },
): Promise<SpectrumData> {
  const spectrum = await unwrap(
    serverApi(session.token).GET('/v1/federations/{federation}/rounds/{round}/spectrum', {
      params: { path: { federation, round }, query: { adapter } },
    }),
  );
  return readSpectrum(spectrum);
}

/** Lets go of the spectra that were asked for longest ago. */
function makeRoom(keep: string): void {
  let total = 0;
  for (const { bytes } of held.values()) {
    total += bytes;
  }
  for (const [key, { bytes }] of held) {
    if (total <= HELD_BYTES_MAX) {
      break;
    }
    if (key !== keep) {
      held.delete(key);
      total -= bytes;
    }
  }
}

function sizeOf({ modules }: SpectrumData): number {
  return modules.reduce((sum, { sigma, cumulative }) => sum + sigma.byteLength + cumulative.byteLength, 0);
}
