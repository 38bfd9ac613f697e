import { useState } from 'react';
import { announce } from '../stores/announce.ts';
import { errorText } from '../stores/report-error.ts';
import classes from './saving.module.css';
import { TroubleNote } from './trouble-note.tsx';

type Told = { saved: string } | { trouble: string } | null;

/** Saves what an admin chooses a file for, and keeps what came of it for `SavedTo` and `SaveTrouble`. A dialog that was closed is nothing. */
export function useSaving(): { told: Told; save(work: () => Promise<{ path: string | null }>): Promise<void> } {
  const [told, setTold] = useState<Told>(null);
  const save = async (work: () => Promise<{ path: string | null }>) => {
    setTold(null);
    try {
      const { path } = await work();
      if (path === null) return;
      setTold({ saved: path });
      announce(`Saved to ${path}.`);
    } catch (thrown) {
      setTold({ trouble: errorText(thrown) });
    }
  };
  return { told, save };
}

export const SavedTo = ({ told }: { told: Told }) =>
  told &&
  'saved' in told && (
    <span className={classes.saved}>
      Saved to <code>{told.saved}</code>
    </span>
  );
export const SaveTrouble = ({ told }: { told: Told }) => told && 'trouble' in told && <TroubleNote text={told.trouble} />;
