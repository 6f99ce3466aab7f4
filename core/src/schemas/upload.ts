/** Ids of uploads in pieces are drawn at random, and mean nothing. */
export const UPLOAD_ID_PATTERN = '^u[0-9a-f]{32}$';
