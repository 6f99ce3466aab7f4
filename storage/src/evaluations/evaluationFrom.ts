import type { Evaluation } from '@florist/core/schemas/evaluation';

/** The evaluation under a field 'a2 loss hospital-a' of a round's evaluations. */
export function evaluationFrom(field: string, json: string): Evaluation {
  const [adapter = '', metric = '', reporter = ''] = field.split(' ');
  const { value, numExamples, at }: Pick<Evaluation, 'value' | 'numExamples' | 'at'> = JSON.parse(json);
  return {
    adapter,
    ...(!reporter.startsWith('@') && { client: reporter }),
    ...{ metric, value, numExamples, at },
  };
}
