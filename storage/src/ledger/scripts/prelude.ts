import { ADAPTERS } from './prelude/adapters.js';
import { ARGUMENTS } from './prelude/arguments.js';
import { EVENTS } from './prelude/events.js';
import { RECORDS } from './prelude/records.js';
import { ROUNDS } from './prelude/rounds.js';
import { ROWS } from './prelude/rows.js';
import { SUBMISSIONS } from './prelude/submissions.js';

/** What every script starts with. The order counts: Lua knows only the functions above. */
export const PRELUDE = [ARGUMENTS, RECORDS, EVENTS, ROWS, ADAPTERS, ROUNDS, SUBMISSIONS].join('');
