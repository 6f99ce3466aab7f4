/**
 * σ at or below this share of σ_1 counts as zero: what remains of the definition of rank at τ = 1. It lies above
 * the 4e-8 to which the Gram matrices resolve σ, so noise is never published as a direction.
 */
export const SIGMA_TOLERANCE = 1e-7;

/**
 * ‖ΔW‖² at or below this share of (Σ ‖b_j‖‖a_j‖)² is what rounding leaves of terms that cancel: ΔW is then zero
 * as far as the Gram matrices can tell. 8 units in the last place, as in the pivoted Cholesky factorisation.
 */
export const CANCELLATION_TOLERANCE = 8 * Number.EPSILON;

/** ‖ΔW‖² below this share of (Σ ‖b_j‖‖a_j‖)² is known from Gram matrices to less than 1e-6 of itself. */
export const CANCELLING = 1e-9;

/**
 * ‖ΔW‖ at or below this share of Σ ‖b_j‖‖a_j‖ is what rounding leaves when ΔW itself is summed up in float64: some
 * units in the last place, since the terms of an entry add up their roundings.
 */
export const UPDATE_TOLERANCE = 64 * Number.EPSILON;

/** Energies this close to each other, as a share, are equal but for rounding. */
export const ENERGY_TOLERANCE = 1e-12;

/** Clients up to which a report holds their K × K inner products: 64 Ki numbers, about 1 MB of JSON a module. */
export const CLIENT_PRODUCTS_MAX = 256;
