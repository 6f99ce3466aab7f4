import type { StorageFinding } from '@florist/core/schemas/system';
import { fieldsFrom, listFrom } from '../ledger/fields.js';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';

/** What cannot be mended, under what it is about. */
export interface Finding extends Omit<StorageFinding, 'federation' | 'foundAt'> {
  /** The folder of the files, which names the finding. */
  subject: string;
  /** Only reading all of the file tells. */
  deep?: boolean;
}

const SETTLE = script(`
local key, known = global .. 'findings', {}
for _, field in ipairs(redis.call('HKEYS', key)) do
  if string.sub(field, 1, #args.federation + 1) == args.federation .. ' ' then known[field] = true end
end
local fresh = {}
for field, finding in pairs(args.findings) do
  if known[field] then known[field] = nil else
    redis.call('HSET', key, field, finding.json)
    fresh[#fresh + 1] = field
    if redis.call('EXISTS', federation_key) == 1 then
      emit({ type = 'storage.damaged', round = finding.round, client = finding.client, detail = finding.detail })
    end
  end
end
for field in pairs(known) do redis.call('HDEL', key, field) end
redis.call('SET', global .. 'reconciled', args.now)
return { 'ok', fresh }
`);

const LIST = script(`
return { 'ok', redis.call('GET', global .. 'reconciled'), redis.call('HGETALL', global .. 'findings') }
`);

/**
 * Makes these the findings of a federation: new ones are told of in an event, old ones keep their time, and what is
 * not among them is mended. Returns the new ones.
 */
export async function settleFindings(
  ledger: Ledger,
  federation: string,
  findings: readonly Finding[],
): Promise<Finding[]> {
  const foundAt = ledger.now().toISOString();
  const fieldOf = ({ subject }: Finding) => `${federation} ${subject}`;
  const told = findings.map((finding) => {
    const { round, client, detail } = finding;
    return [
      fieldOf(finding),
      { round, client, detail, json: JSON.stringify({ federation, ...finding, foundAt }) },
    ];
  });
  const args = { findings: Object.fromEntries(told) };
  const [fresh] = await runScript(ledger, SETTLE, federation, args);
  const fields = new Set(listFrom(fresh).map(String));
  return findings.filter((finding) => fields.has(fieldOf(finding)));
}

/** A finding as it is kept. */
export type KeptFinding = Finding & Pick<StorageFinding, 'federation' | 'foundAt'>;

/** What the reconciler has found that it cannot mend, and when it last looked; undefined before it has. */
export async function listFindings(
  ledger: Ledger,
): Promise<{ checkedAt: string | undefined; findings: KeptFinding[] }> {
  const [checkedAt, kept] = await runScript(ledger, LIST, NO_FEDERATION);
  const findings = Object.values(fieldsFrom(kept)).map((json): KeptFinding => JSON.parse(json));
  findings.sort((a, b) => a.foundAt.localeCompare(b.foundAt) || a.subject.localeCompare(b.subject));
  return { checkedAt: typeof checkedAt === 'string' ? checkedAt : undefined, findings };
}
