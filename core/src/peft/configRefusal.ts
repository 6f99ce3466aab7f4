import { Refusal } from '../errors/refusal.js';
import { clipName } from '../safetensors/clipName.js';
import { quoteName } from '../safetensors/quoteName.js';

/**
 * A refusal because of one field of adapter_config.json.
 * @param detail what is wrong, worded so that it reads on after the field's name
 */
export function configRefusal(
  code: 'config_invalid' | 'config_unsupported',
  field: string,
  detail: string,
): Refusal {
  const name = /^[\w.]{1,64}$/.test(field) ? field : quoteName(field);
  return new Refusal(code, `${name} ${detail}`, [{ field: clipName(field), detail }]);
}
