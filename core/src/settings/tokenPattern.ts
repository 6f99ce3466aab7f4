/** Shorter ones are too easy to guess. */
export const TOKEN_LENGTH_MIN = 16;

/** What a token in settings or in the data folder may be: characters that RFC 6750 lets a header carry. */
export const TOKEN_PATTERN = new RegExp(`^[\\x21-\\x7e]{${TOKEN_LENGTH_MIN},}$`);
