import { EmptyState } from '#components/ui/EmptyState.tsx';

/** In place of what only the api can tell. */
export function NotKnown() {
  return (
    <EmptyState title="Not known while the api does not answer">
      What is stored is safe; it is shown again as soon as the api answers.
    </EmptyState>
  );
}
