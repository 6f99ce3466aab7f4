import { type RefObject, useEffect } from 'react';

/** Leads to the first field of a form that was found at fault: it may be out of sight of the button that sent it. */
export function useFocusFault(form: RefObject<HTMLFormElement | null>, problem: unknown) {
  useEffect(() => {
    if (problem !== undefined) {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [form, problem]);
}
