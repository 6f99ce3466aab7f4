import { Notice } from '#components/ui/Notice.tsx';
import { findConcerns } from '#lib/system/findConcerns.ts';
import type { SystemReport } from '#lib/system/systemReport.ts';

/** What an operator should see to, before everything else. */
export function ConcernsList({ report }: { report: SystemReport }) {
  return findConcerns(report).map(({ urgent, title, detail }) => (
    <Notice key={title} tone={urgent ? 'danger' : 'warn'} title={title} urgent={urgent}>
      {detail}
    </Notice>
  ));
}
