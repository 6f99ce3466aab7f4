/**
 * The loops over r × r matrices that take longest, in AssemblyScript: compiled with vector instructions and without
 * bounds checks they run three times as fast as in JavaScript. Matrices are float64 and row-major; a `usize` is where
 * one begins in memory. The host lays them out (`openArena`), nothing here allocates.
 */
export { applyReflectors } from './applyReflectors';
export { factorColumns } from './factorColumns';
export { tridiagonalise } from './tridiagonalise';
export { largest, scale } from './vectors';

/** Where memory of the host's begins. */
export const base: usize = __heap_base;
