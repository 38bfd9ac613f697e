/** What is known of one machine, for the pages about it. Fetched when a page opens, and again whenever that changes. */
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import type { MachinePage } from '../../shared/api/doctor.ts';
import { api } from '../window-api.ts';
import { targetOfValue } from '../words/where.ts';
import { useConnection } from './connection.ts';
import { errorText } from './report-error.ts';

/** Counts changes, of any machine. */
const useChanges = create<{ changes: number }>(() => ({ changes: 0 }));
export const noteMachineChange = (): void => useChanges.setState(({ changes }) => ({ changes: changes + 1 }));

/** Null until it was fetched. `where`: a value of where.ts. */
export function useMachine(where: string): { machine: MachinePage | null; trouble: string } {
  const changes = useChanges((state) => state.changes);
  const connected = useConnection((state) => state.connected);
  const [found, setFound] = useState<{ machine: MachinePage | null; trouble: string }>({ machine: null, trouble: '' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change is a reason to fetch it again
  useEffect(() => {
    if (!connected) return;
    let current = true;
    api.machines.get({ target: targetOfValue(where) }).then(
      (machine) => current && setFound({ machine, trouble: '' }),
      (thrown: unknown) => current && setFound({ machine: null, trouble: errorText(thrown) }),
    );
    return () => {
      current = false;
    };
  }, [where, changes, connected]);
  return found;
}
