import type { ProblemDetail } from '@florist/core/errors/problemError';
import { Refusal } from '@florist/core/errors/refusal';
import type { Facts } from './refusalFrom.js';

/** Refusals of a submission whose modules do not fit what the federation has pinned. */
export function layoutRefusal(reason: string, facts: Facts): Refusal | undefined {
  switch (reason) {
    case 'orientation_mismatch':
      return new Refusal(
        'shape_mismatch',
        `The federation's adapters have fan_in_fan_out ${facts.expected}, this one has ${facts.given}.`,
        [{ field: 'config.fan_in_fan_out', detail: `Must be ${facts.expected}.` }],
      );
    case 'shape_mismatch':
      return new Refusal(reason, shapeSentence(facts), wrongShapes(facts));
    case 'modules_mismatch':
      return new Refusal(reason, modulesSentence(facts), [
        ...names(facts.absent).map((tensor) => ({
          tensor,
          detail: 'The federation has it, this adapter lacks it.',
        })),
        ...names(facts.extra).map((tensor) => ({ tensor, detail: 'The federation does not have it.' })),
      ]);
    default:
      return undefined;
  }
}

/** Lists come as JSON, cut short by the script; the counts tell how many there are. */
function names(json: string | undefined): string[] {
  return json === undefined ? [] : JSON.parse(json);
}

function wrongShapes(facts: Facts): ProblemDetail[] {
  const wrong: [name: string, expected: string, given: string][] = JSON.parse(facts.wrong ?? '[]');
  return wrong.map(([tensor, expected, given]) => ({
    tensor,
    detail: `Its weight matrix is ${expected} in this federation, ${given} in this adapter.`,
  }));
}

function shapeSentence(facts: Facts): string {
  const first = wrongShapes(facts)[0];
  const more = Number(facts.wrongCount) - 1;
  return `${first?.tensor}: ${first?.detail}${more > 0 ? ` ${more} more disagree.` : ''}`;
}

function modulesSentence(facts: Facts): string {
  const parts = [
    sentencePart(Number(facts.absentCount), 'lacks', names(facts.absent)),
    sentencePart(Number(facts.extraCount), 'adds', names(facts.extra)),
  ];
  return `The adapter ${parts.filter((part) => part !== '').join(' and ')}, compared with the federation.`;
}

function sentencePart(count: number, verb: string, list: string[]): string {
  if (count === 0) return '';
  return `${verb} ${count} ${count === 1 ? 'module' : 'modules'} (${list[0]}${count > 1 ? ', …' : ''})`;
}
