import { type Static, Type } from 'typebox';
import { Slug, Time } from './common.js';
import { component } from './component.js';

const fields = {
  client: Slug('The id of the client in every URL.'),
  federation: Slug('The federation it takes part in.'),
  registeredAt: Time('When it was registered.'),
  tokenCreatedAt: Time('When its present token was made.'),
  tokenExpiresAt: Type.Optional(Time('When its present token ends by itself.')),
  previousTokenUntil: Type.Optional(Time('Until when the token before is valid too.')),
  lastUsedAt: Type.Optional(Time('When one of its tokens was last used, to the minute.')),
};

export const Client = component(
  'Client',
  Type.Object(fields, { description: 'A participant of a federation.' }),
);
export type Client = Static<typeof Client.schema>;

export const ClientWithToken = component(
  'ClientWithToken',
  Type.Object(
    { ...fields, token: Type.String({ description: 'Shown once; Florist keeps only its hash.' }) },
    { description: 'A client and its new bearer token.' },
  ),
);
export type ClientWithToken = Static<typeof ClientWithToken.schema>;

export const ClientList = component(
  'ClientList',
  Type.Object({ items: Type.Array(Client.ref), nextCursor: Type.Optional(Type.String()) }),
);
