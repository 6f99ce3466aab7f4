import { hostname } from 'node:os';
import { System } from '@florist/core/schemas/system';
import { countJobs } from '@florist/storage/queue/countJobs';
import { listFindings } from '@florist/storage/reconcile/finding';
import { describeRedis } from '@florist/storage/redis/describeRedis';
import { listWorkers } from '@florist/storage/workers/listWorkers';
import { API_VERSION } from '../../../health/apiVersion.js';
import { describeBlobs } from '../../../health/describeBlobs.js';
import { operation } from '../../../openapi/operation.js';
import { json } from '../../../openapi/responses.js';
import type { Routes } from '../../routes.js';

const show = operation({
  access: 'read',
  id: 'getSystem',
  tag: 'Service',
  summary: 'What the service stands on, and how it is',
  description:
    'Workers that are alive and what they compute on and why, work in the queues, memory and persistence of ' +
    'Redis, room for blobs, what is amiss between ledger and blobs, and the replica of the api that answered. A blob store that cannot be written ' +
    'is described; without Redis there is no answer but 503.',
  request: {},
  success: { 200: json(System.ref, 'As of now.') },
});

export const systemRoutes: Routes = async (app, services) => {
  const { ledger, queues } = services;
  app.get('/system', show, async () => {
    const [workers, jobs, redis, blobs, reconciler] = await Promise.all([
      listWorkers(ledger),
      countJobs(queues),
      describeRedis(ledger.redis),
      describeBlobs(services),
      listFindings(ledger),
    ]);
    const api = {
      version: API_VERSION,
      nodeVersion: process.version,
      host: hostname(),
      uptimeSeconds: Math.floor(process.uptime()),
    };
    return { api, workers, queues: jobs, redis, blobs, reconciler };
  });
};
