import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Federation } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { countChanges, editOf, type PolicyEdit, toPatch } from '#lib/policy/policyPatch.ts';
import { keys } from '#lib/queries/keys.ts';

/** The policies as they are being changed, how many changes are not saved yet, and the saving of them. */
export function usePolicyEdit(federation: Federation) {
  const client = useQueryClient();
  const [base, setBase] = useState(federation);
  const [edit, setEdit] = useState(() => editOf(federation));
  const [standing, setStanding] = useState<'idle' | 'busy' | 'saved'>('idle');
  const [problem, setProblem] = useState<unknown>();
  const patch = toPatch(edit, base);
  const changes = countChanges(patch);

  if (federation !== base && changes === 0) {
    // another operator's changes come into view, as long as they replace nothing that was typed
    setBase(federation);
    if (countChanges(toPatch(editOf(federation), base)) > 0) {
      setEdit(editOf(federation));
    }
  }
  const change = (next: Partial<PolicyEdit>) => {
    setStanding('idle');
    setEdit({ ...edit, ...next });
  };
  const discard = () => {
    setProblem(undefined);
    setStanding('idle');
    setBase(federation);
    setEdit(editOf(federation));
  };
  const save = async () => {
    setStanding('busy');
    setProblem(undefined);
    try {
      const saved = await unwrap(
        browserApi.PATCH('/v1/federations/{federation}', {
          params: { path: { federation: federation.name } },
          body: patch,
        }),
      );
      client.setQueryData(keys.federation(federation.name), saved);
      setBase(saved);
      setEdit((now) => (now === edit ? editOf(saved) : now));
      setStanding('saved');
    } catch (error) {
      setProblem(error);
      setStanding('idle');
    }
  };
  return { base, edit, changes, standing, problem, change, discard, save };
}
