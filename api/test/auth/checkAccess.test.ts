import t from 'tap';
import { type Access, checkAccess, type Scope } from '../../src/auth/checkAccess.js';
import type { Principal } from '../../src/auth/principal.js';

const own: Scope = { federation: 'demo', client: 'north' };
const PRINCIPALS: Record<string, Principal> = {
  operator: { role: 'operator' },
  viewer: { role: 'viewer' },
  client: { role: 'client', federation: 'demo', client: 'north' },
};

/** Access × principal × scope; what is not listed is refused. */
const PERMITTED: [Access, string, Scope][] = [
  ...(['public', 'operator', 'read', 'member', 'self'] as const).map(
    (access) => [access, 'operator', {}] as [Access, string, Scope],
  ),
  ['public', 'viewer', {}],
  ['read', 'viewer', {}],
  ['member', 'viewer', own],
  ['public', 'client', {}],
  ['member', 'client', own],
  ['self', 'client', own],
];
const REFUSED: [Access, string, Scope][] = [
  ['operator', 'viewer', own],
  ['self', 'viewer', own],
  ['operator', 'client', own],
  ['read', 'client', own],
  ['member', 'client', {}],
  ['member', 'client', { federation: 'other' }],
  ['self', 'client', { federation: 'demo', client: 'south' }],
  ['self', 'client', { federation: 'other', client: 'north' }],
  ['self', 'client', { federation: 'demo' }],
];

t.test('permits what each role may', async (t) => {
  for (const [access, who, scope] of PERMITTED) {
    t.doesNotThrow(() => checkAccess(access, PRINCIPALS[who] as Principal, scope), `${access} ${who}`);
  }
});

t.test('refuses everything else', async (t) => {
  for (const [access, who, scope] of REFUSED) {
    const call = () => checkAccess(access, PRINCIPALS[who] as Principal, scope);
    t.throws(call, { code: 'role_insufficient' }, `${access} ${who} ${JSON.stringify(scope)}`);
  }
});
