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

/** Clients up to which a report holds their K × K inner products: 64 Ki numbers, about 1 MB of JSON a module. */
export const CLIENT_PRODUCTS_MAX = 256;
