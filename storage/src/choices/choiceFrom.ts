import { type Choice, ChoiceState } from '@florist/core/schemas/candidates';
import { type Fields, literal, need } from '../ledger/fields.js';

/** The choice in a round's record; undefined where it has none. */
export function choiceFrom(fields: Fields): Choice | undefined {
  if (fields.choice === undefined) return undefined;
  const choice: Choice = {
    state: literal(ChoiceState, fields.choice),
    candidates: JSON.parse(need(fields, 'choiceCandidates')),
  };
  if (fields.choiceDeadlineMs !== undefined) {
    choice.closesAt = new Date(Number(fields.choiceDeadlineMs)).toISOString();
  }
  if (fields.chosen !== undefined) choice.adapter = fields.chosen;
  if (fields.choiceReason !== undefined) choice.reason = fields.choiceReason;
  return choice;
}
