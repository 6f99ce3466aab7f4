import { Adapter, AdapterCreate, AdapterList } from '@florist/core/schemas/adapter';
import { Aggregation, AggregationInput } from '@florist/core/schemas/aggregation';
import { Client, ClientList, ClientWithToken } from '@florist/core/schemas/client';
import { Comparison, MethodCost } from '@florist/core/schemas/comparison';
import { FederationEvent } from '@florist/core/schemas/event';
import {
  Federation,
  FederationCreate,
  FederationList,
  FederationPatch,
  RoundPolicy,
  RoundPolicyInput,
} from '@florist/core/schemas/federation';
import { Problem } from '@florist/core/schemas/problem';
import { Round, RoundList } from '@florist/core/schemas/round';
import { Similarity } from '@florist/core/schemas/similarity';
import { ModuleSpectrum, Spectrum } from '@florist/core/schemas/spectrum';
import { Receipt, ReceiptList } from '@florist/core/schemas/submission';
import { Ajv, type Options } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

const COMPONENTS = [
  Adapter,
  AdapterCreate,
  AdapterList,
  Aggregation,
  AggregationInput,
  Client,
  ClientList,
  ClientWithToken,
  Federation,
  FederationCreate,
  FederationEvent,
  FederationList,
  FederationPatch,
  Comparison,
  MethodCost,
  ModuleSpectrum,
  Problem,
  Receipt,
  ReceiptList,
  Round,
  RoundList,
  RoundPolicy,
  RoundPolicyInput,
  Similarity,
  Spectrum,
];

/** Every violation is reported; bodies are small enough that this costs nothing. */
const STRICT: Options = { allErrors: true, strict: true, coerceTypes: false, useDefaults: false };

/** Query and path values arrive as text, so they are read as the type that is asked for. */
const TEXTUAL: Options = { ...STRICT, coerceTypes: true, useDefaults: true };

/**
 * Makes the named schemas known to validation, serialization and the OpenAPI document. What a body says is taken
 * to the letter: unknown keys and wrong types are errors; only what can be nothing but text is converted.
 */
export const validation = fp(
  async (app: FastifyInstance) => {
    for (const { schema } of COMPONENTS) {
      app.addSchema(schema);
    }
    const strict = validator(STRICT);
    const textual = validator(TEXTUAL);
    app.setValidatorCompiler<object>(({ schema, httpPart }) =>
      (httpPart === 'body' ? strict : textual).compile(schema),
    );
  },
  { name: 'validation' },
);

function validator(options: Options): Ajv {
  const ajv = new Ajv(options);
  addFormats.default(ajv);
  return ajv.addSchema(COMPONENTS.map(({ schema }) => schema));
}
