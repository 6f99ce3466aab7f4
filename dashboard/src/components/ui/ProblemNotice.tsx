import { toProblem } from '#lib/api/toProblem.ts';
import { Notice } from './Notice.tsx';

/** What went wrong with an act: the api's own words and what they point at. */
export function ProblemNotice({ problem, className }: { problem: unknown; className?: string }) {
  const { title, detail, errors = [] } = toProblem(problem);
  return (
    <Notice tone="danger" urgent title={title} className={className}>
      <p>{detail}</p>
      {errors.length > 0 && (
        <ul className="mt-1 list-disc pl-4">
          {errors.map((error) => (
            <li key={`${error.field ?? error.tensor ?? ''}${error.detail}`}>
              {(error.field ?? error.tensor) !== undefined && (
                <code className="mr-1 font-mono text-xs">{error.field ?? error.tensor}</code>
              )}
              {error.detail}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
