'use client';

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';

/** Which module the reader points at, in whichever view. */
export interface ModuleFocus {
  get: () => string | undefined;
  set: (name: string | undefined) => void;
  subscribe: (listener: () => void) => () => void;
}

const Focus = createContext<ModuleFocus | undefined>(undefined);

function makeFocus(): ModuleFocus {
  let focused: string | undefined;
  const listeners = new Set<() => void>();
  return {
    get: () => focused,
    set: (name) => {
      if (name !== focused) {
        focused = name;
        for (const listener of listeners) {
          listener();
        }
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Lets curves and maps light each other up without drawing the page anew. */
export function ModuleFocusProvider({ children }: { children: ReactNode }) {
  const [focus] = useState(makeFocus);
  return <Focus value={focus}>{children}</Focus>;
}

export function useModuleFocus(): ModuleFocus {
  const focus = useContext(Focus);
  if (focus === undefined) {
    throw new Error('useModuleFocus needs a ModuleFocusProvider');
  }
  return focus;
}

export function useFocusedModule(): string | undefined {
  const focus = useModuleFocus();
  return useSyncExternalStore(focus.subscribe, focus.get, () => undefined);
}
