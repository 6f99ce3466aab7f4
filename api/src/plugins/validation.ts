import { Adapter, AdapterCreate, AdapterList } from '@florist/core/schemas/adapter';
import { SumPending } from '@florist/core/schemas/adapterSum';
import { Aggregation, AggregationInput } from '@florist/core/schemas/aggregation';
import {
  AdapterToMerge,
  Assignment,
  TrainAssignment,
  WaitAssignment,
} from '@florist/core/schemas/assignment';
import { AuditEntry, AuditList } from '@florist/core/schemas/auditEntry';
import { CandidatePolicy, Choice } from '@florist/core/schemas/candidates';
import { Client, ClientList, ClientWithToken } from '@florist/core/schemas/client';
import { Cohort } from '@florist/core/schemas/cohort';
import { RULE_KEYWORD } from '@florist/core/schemas/common';
import { Comparison, MethodCost } from '@florist/core/schemas/comparison';
import { Evaluation, EvaluationCreate, EvaluationList, MetricMean } from '@florist/core/schemas/evaluation';
import { FederationEvent } from '@florist/core/schemas/event';
import {
  Federation,
  FederationCreate,
  FederationList,
  FederationPatch,
} from '@florist/core/schemas/federation';
import { Engine, Lineage, SumLineage } from '@florist/core/schemas/lineage';
import { Heartbeat, Participant, ParticipantList } from '@florist/core/schemas/participant';
import { Problem } from '@florist/core/schemas/problem';
import { QuotaPolicy, QuotaPolicyInput } from '@florist/core/schemas/quotas';
import { Freed, RetentionPolicy, RetentionPolicyInput, RetentionRun } from '@florist/core/schemas/retention';
import { Round, RoundList, RoundRetry } from '@florist/core/schemas/round';
import { RoundCreate, RoundOverride, RoundPolicy, RoundPolicyInput } from '@florist/core/schemas/roundPolicy';
import { Similarity } from '@florist/core/schemas/similarity';
import { ModuleSpectrum, Spectrum } from '@florist/core/schemas/spectrum';
import { Receipt, ReceiptList } from '@florist/core/schemas/submission';
import { System, WorkerStatus } from '@florist/core/schemas/system';
import {
  ClientTokenRotate,
  Identity,
  Token,
  TokenCreate,
  TokenList,
  TokenRotate,
  TokenWithSecret,
} from '@florist/core/schemas/token';
import {
  Webhook,
  WebhookCreate,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookList,
  WebhookPatch,
  WebhookTest,
  WebhookWithSecret,
} from '@florist/core/schemas/webhook';
import { ClientWeight, Weighting, Weights } from '@florist/core/schemas/weighting';
import { Ajv, type Options } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { compileBody } from '../bodies/compileBody.js';

const COMPONENTS = [
  Adapter,
  AdapterCreate,
  AdapterList,
  AdapterToMerge,
  Aggregation,
  AggregationInput,
  Assignment,
  Client,
  ClientList,
  ClientWithToken,
  Cohort,
  Engine,
  Federation,
  FederationCreate,
  FederationEvent,
  FederationList,
  FederationPatch,
  Heartbeat,
  Comparison,
  Freed,
  Lineage,
  MethodCost,
  ModuleSpectrum,
  Participant,
  ParticipantList,
  Problem,
  QuotaPolicy,
  QuotaPolicyInput,
  Receipt,
  ReceiptList,
  RetentionPolicy,
  RetentionPolicyInput,
  RetentionRun,
  Round,
  RoundCreate,
  RoundList,
  RoundOverride,
  RoundPolicy,
  RoundPolicyInput,
  RoundRetry,
  Similarity,
  Spectrum,
  CandidatePolicy,
  Choice,
  Evaluation,
  EvaluationCreate,
  EvaluationList,
  MetricMean,
  ClientWeight,
  Weighting,
  Weights,
  TrainAssignment,
  WaitAssignment,
  Webhook,
  WebhookCreate,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookList,
  WebhookPatch,
  WebhookTest,
  WebhookWithSecret,
  AuditEntry,
  AuditList,
  ClientTokenRotate,
  Identity,
  Token,
  TokenCreate,
  TokenList,
  TokenRotate,
  TokenWithSecret,
  System,
  WorkerStatus,
  SumLineage,
  SumPending,
];

const QUICK: Options = { allErrors: false, strict: true, coerceTypes: false, useDefaults: false };

const THOROUGH: Options = { ...QUICK, allErrors: true };

/** Query and path values arrive as text, so they are read as the type that is asked for; they are few. */
const TEXTUAL: Options = { ...THOROUGH, coerceTypes: true, useDefaults: true };

/**
 * Makes the named schemas known to validation, serialization and the OpenAPI document. What a body says is taken
 * to the letter: unknown keys and wrong types are errors; only what can be nothing but text is converted.
 */
export const validation = fp(
  async (app: FastifyInstance) => {
    for (const { schema } of COMPONENTS) {
      app.addSchema(schema);
    }
    const [quick, thorough, textual] = [validator(QUICK), validator(THOROUGH), validator(TEXTUAL)];
    app.setValidatorCompiler<object>(({ schema, httpPart }) =>
      httpPart === 'body' ? compileBody(schema, quick, thorough) : textual.compile(schema),
    );
  },
  { name: 'validation' },
);

function validator(options: Options): Ajv {
  const ajv = new Ajv(options);
  addFormats.default(ajv);
  ajv.addVocabulary([RULE_KEYWORD]);
  return ajv.addSchema(COMPONENTS.map(({ schema }) => schema));
}
