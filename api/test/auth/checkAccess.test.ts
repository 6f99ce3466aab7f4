import t from 'tap';
import { type Access, checkAccess, type Scope } from '../../src/auth/checkAccess.js';
import type { Principal } from '../../src/auth/principal.js';

const own: Scope = { federation: 'demo', client: 'north' };
const PRINCIPALS: Record<string, Principal> = {
  operator: { role: 'operator', token: 'settings' },
  viewer: { role: 'viewer', token: 'settings' },
  limitedOperator: { role: 'operator', token: 'tk-1', federations: ['demo', 'more'] },
  limitedViewer: { role: 'viewer', token: 'tk-2', federations: ['demo'] },
  client: { role: 'client', federation: 'demo', client: 'north' },
};

/** Access × principal × scope; what is not listed is refused. */
const PERMITTED: [Access, string, Scope][] = [
  ...(['public', 'operator', 'read', 'member', 'participant', 'self'] as const).map(
    (access) => [access, 'operator', {}] as [Access, string, Scope],
  ),
  ['public', 'viewer', {}],
  ['read', 'viewer', {}],
  ['member', 'viewer', own],
  ['public', 'client', {}],
  ['member', 'client', own],
  ['participant', 'client', { federation: 'demo', client: 'south' }],
  ['self', 'client', own],
  ['client', 'client', { federation: 'demo' }],
  ['member', 'client', { federation: 'demo', askedFor: 'north' }],
  ['member', 'viewer', { federation: 'demo', askedFor: 'south' }],
  ['any', 'operator', {}],
  ['any', 'viewer', {}],
  ['any', 'client', {}],
  ['any', 'limitedViewer', {}],
  ['public', 'limitedOperator', {}],
  ...(['operator', 'read', 'member', 'participant', 'self'] as const).map(
    (access) =>
      [access, 'limitedOperator', { federation: 'more', client: 'north' }] as [Access, string, Scope],
  ),
  ['operator', 'limitedOperator', { narrows: true }],
  ['read', 'limitedViewer', { narrows: true }],
  ['read', 'limitedViewer', own],
  ['member', 'limitedViewer', own],
];
const REFUSED: [Access, string, Scope][] = [
  ['operator', 'viewer', own],
  ['self', 'viewer', own],
  ['participant', 'viewer', own],
  ['participant', 'client', { federation: 'other', client: 'north' }],
  ['operator', 'client', own],
  ['read', 'client', own],
  ['member', 'client', {}],
  ['member', 'client', { federation: 'other' }],
  ['self', 'client', { federation: 'demo', client: 'south' }],
  ['self', 'client', { federation: 'other', client: 'north' }],
  ['self', 'client', { federation: 'demo' }],
  ['client', 'client', { federation: 'other' }],
  ['client', 'operator', own],
  ['client', 'viewer', own],
  ['member', 'client', { federation: 'demo', askedFor: 'south' }],
  ['member', 'client', { federation: 'demo', askedFor: ['north', 'south'] }],
  ['member', 'client', { federation: 'other', askedFor: 'north' }],
  ...(['operator', 'read', 'member', 'participant', 'self'] as const).flatMap((access) => [
    [access, 'limitedOperator', { federation: 'other', narrows: true }] as [Access, string, Scope],
    [access, 'limitedOperator', {}] as [Access, string, Scope],
  ]),
  ['client', 'limitedOperator', own],
  ['operator', 'limitedViewer', own],
  ['operator', 'limitedViewer', { narrows: true }],
  ['read', 'limitedViewer', {}],
  ['read', 'limitedViewer', { federation: 'more' }],
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
