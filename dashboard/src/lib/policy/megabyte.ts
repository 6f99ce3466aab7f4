/** Bytes are typed in millions: nobody counts an adapter's size in ones. */
export const MEGABYTE = 1e6;
