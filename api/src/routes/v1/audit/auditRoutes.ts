import { AuditList } from '@florist/core/schemas/auditEntry';
import { PageQuery, Slug, STRICT } from '@florist/core/schemas/common';
import { AUDIT_KEPT } from '@florist/storage/audit/auditScript';
import { AUDIT_SCAN_MAX, listAudit } from '@florist/storage/audit/listAudit';
import { Type } from 'typebox';
import { operation } from '../../../openapi/operation.js';
import { json } from '../../../openapi/responses.js';
import { federationsOf } from '../../../plugins/authentication.js';
import type { Routes } from '../../routes.js';

/** No name of a token or an operation is longer. */
const FILTER_LENGTH_MAX = 100;

const filter = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: FILTER_LENGTH_MAX, description }));

const AuditQuery = Type.Object(
  {
    ...PageQuery.properties,
    federation: Type.Optional(Slug('Only what concerned this federation.')),
    who: filter('Only what they did: id or name of a token, id of a client, or a role.'),
    action: filter('Only this: id of an operation, or `signIn`.'),
  },
  STRICT,
);

const list = operation({
  access: 'operator',
  narrows: true,
  id: 'listAudit',
  tag: 'Access',
  summary: 'Who changed what, from where and when',
  description:
    'Newest first. Every change that came over this api is here, and every attempt that was refused for its token. ' +
    'Nothing of it can be changed or removed. A token that is limited to federations sees what concerns them. ' +
    `About ${AUDIT_KEPT.toLocaleString('en')} changes are kept. A page may be short, or empty, and still have a ` +
    `cursor: then ${AUDIT_SCAN_MAX.toLocaleString('en')} entries were looked through, and the next page goes on.`,
  request: { querystring: AuditQuery },
  success: { 200: json(AuditList.ref, 'One page.') },
});

export const auditRoutes: Routes = async (app, { ledger }) => {
  app.get('/audit', list, async (request) => {
    const { federation, who, action, ...page } = request.query;
    return listAudit(ledger, { federation, who, action, federations: federationsOf(request) }, page);
  });
};
