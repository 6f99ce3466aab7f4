// @ts-check
// The chaos command without installing anything, with its own arguments.
import { chaos } from '../../chaos/chaos.mjs';

process.exitCode = await chaos(process.argv.slice(2));
