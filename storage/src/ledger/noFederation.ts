/** What belongs to no federation needs a name for its script's first key all the same. */
export const NO_FEDERATION = 'none';
