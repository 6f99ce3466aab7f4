import { configRefusal } from './configRefusal.js';
import { isUnset } from './isUnset.js';
import { HARMLESS_FIELDS, NEUTRAL_INITIALISATIONS, UNSUPPORTED_FIELDS } from './unsupportedFields.js';

/** Unsupported settings that are plain switches, so that any other type than a boolean is a mistake. */
const SWITCHES = new Set(['use_dora', 'use_qalora', 'lora_bias']);

/**
 * Refuses by name whatever makes an adapter something else than plain LoRA over shared base weights.
 *
 * A field that is not known here is refused if it is switched on (true, or a list or an object that is not
 * empty), since that is how PEFT turns on a variant; other unknown values are ignored, as PEFT does with the
 * parameters that later versions add.
 * @throws {Refusal} config_unsupported, or config_invalid for the wrong type
 */
export function checkSupported(config: ReadonlyMap<string, unknown>): void {
  checkPeftType(config.get('peft_type'));
  checkBias(config.get('bias'));
  checkInitialisation(config.get('init_lora_weights'));
  for (const [field, value] of config) {
    const reason = UNSUPPORTED_FIELDS.get(field);
    if (reason === undefined) checkUnknown(field, value);
    else if (SWITCHES.has(field) && value !== null && typeof value !== 'boolean') {
      throw configRefusal('config_invalid', field, 'must be true or false');
    } else if (!isUnset(value)) throw configRefusal('config_unsupported', field, reason);
  }
}

function checkPeftType(value: unknown): void {
  if (value === 'LORA') return;
  if (typeof value !== 'string') throw configRefusal('config_invalid', 'peft_type', 'must be "LORA"');
  throw configRefusal('config_unsupported', 'peft_type', 'is another method; only LORA can be aggregated');
}

function checkBias(value: unknown): void {
  if (value === undefined || value === null || value === 'none') return;
  if (value === 'all' || value === 'lora_only') {
    throw configRefusal('config_unsupported', 'bias', `is ${value}: biases cannot be averaged; use none`);
  }
  throw configRefusal('config_invalid', 'bias', 'must be "none"');
}

function checkInitialisation(value: unknown): void {
  const known = typeof value === 'string' ? value.toLowerCase() : value;
  if (NEUTRAL_INITIALISATIONS.has(known)) return;
  if (typeof value !== 'string') {
    throw configRefusal('config_invalid', 'init_lora_weights', 'must be true, false or a string');
  }
  throw configRefusal(
    'config_unsupported',
    'init_lora_weights',
    'is one that changes the base weights, or is not known; convert the adapter to plain LoRA first',
  );
}

function checkUnknown(field: string, value: unknown): void {
  if (HARMLESS_FIELDS.has(field)) return;
  if (value !== true && (typeof value !== 'object' || isUnset(value))) return;
  throw configRefusal(
    'config_unsupported',
    field,
    'is not known here and is switched on; if it does not change what B and A mean, set it to null',
  );
}
