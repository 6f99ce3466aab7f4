import { copyFile } from 'node:fs/promises';

// tsc leaves declarations that it did not write where they are, and the client's own point at this one
await copyFile(new URL('src/schema.d.ts', import.meta.url), new URL('dist/schema.d.ts', import.meta.url));
