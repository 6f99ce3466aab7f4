// @ts-check
import { findCommand } from '../processes/findCommand.mjs';
import { run } from '../processes/run.mjs';
import { Complaint } from '../terminal/complaint.mjs';
import { step } from '../terminal/step.mjs';

/** What Florist needs from the system: under which names it is found, and what provides it. */
const NEEDS = {
  'redis-server': { names: ['redis-server'], packages: ['redis-server'], why: 'or set REDIS_URL' },
  openssl: { names: ['openssl'], packages: ['openssl'], why: '' },
  'chromium-headless-shell': {
    names: ['chromium-headless-shell'],
    packages: ['chromium-headless-shell'],
    why: '',
  },
  chromium: { names: ['chromium', 'chromium-browser', 'google-chrome'], packages: ['chromium'], why: '' },
  bindfs: { names: ['bindfs'], packages: ['bindfs'], why: '' },
  nginx: { names: ['nginx'], packages: ['nginx'], why: '' },
  python3: { names: ['python3'], packages: ['python3', 'python3-venv'], why: '' },
};

/** Florist starts what it needs itself; in this runlevel Debian's packages start no service of their own. */
const NO_DAEMONS = { RUNLEVEL: '1' };

/**
 * Finds a system command; as root on Debian and its kin installs it when it is missing.
 *
 * @param {keyof typeof NEEDS} need
 * @returns {Promise<string>} its path
 * @throws {Complaint} naming how to get it
 */
export async function ensureSystem(need) {
  const { names, packages } = NEEDS[need];
  const found = await findCommand(names);
  if (found) return found;
  const apt = await findCommand(['apt-get']);
  if (!apt || process.getuid?.() !== 0) throw new Complaint(advise(need));
  await step(`Installing ${packages.join(' and ')}`, () => aptInstall(need));
  const installed = await findCommand(names);
  if (!installed) throw new Complaint(advise(need));
  return installed;
}

/** @param {keyof typeof NEEDS} need */
async function aptInstall(need) {
  const env = { DEBIAN_FRONTEND: 'noninteractive', ...NO_DAEMONS };
  const update = await run('apt-get', ['update', '-q'], { env });
  const install = ['install', '-y', '-q', '--no-install-recommends', ...NEEDS[need].packages];
  const { code, output } = await run('apt-get', install, { env });
  if (code !== 0) throw new Complaint(advise(need), { log: update.output + output });
}

/** @param {keyof typeof NEEDS} need */
function advise(need) {
  const { packages, why } = NEEDS[need];
  const brew = need === 'redis-server' ? 'redis' : need;
  const ways = [`sudo apt-get install ${packages.join(' ')}`, `brew install ${brew}`];
  return `${need} is not installed: ${ways.join(', ')}${why ? `, ${why}` : ''}.`;
}
