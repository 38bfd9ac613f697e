import { Button } from '@mantine/core';
import { useState } from 'react';
import type { HiddenTarget } from '../../../shared/api/target.ts';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { announce } from '../../stores/announce.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import classes from './targets.module.css';

/** Why the list can't be shown; a damaged file can be moved away, and nothing in it is lost. */
export function BookTrouble({ text, damaged }: { text: string; damaged: boolean }) {
  const [trouble, setTrouble] = useState('');
  const moveAway = async () => {
    try {
      const { path } = await api.targets.moveAway({});
      announce(`Moved to ${path}. The list is empty now.`);
    } catch (thrown) {
      setTrouble(errorText(thrown));
    }
  };
  return (
    <div className={classes.damaged}>
      <TroubleNote text={text} />
      {damaged && <Button onClick={() => void moveAway()}>Move the file away and start an empty list</Button>}
      {trouble && <TroubleNote text={trouble} />}
    </div>
  );
}

/** Entries that can't be used, each with the reason. The others work. */
export function HiddenTargets({ hidden, file }: { hidden: readonly HiddenTarget[]; file: string }) {
  if (hidden.length === 0) return null;
  return (
    <section className={classes.hidden} aria-label="Hidden targets">
      <h2>{hidden.length === 1 ? 'One entry can’t be used and is hidden' : `${hidden.length} entries can’t be used and are hidden`}</h2>
      <ul>
        {hidden.map(({ number, name, why }) => (
          <li key={number}>
            Entry {number}
            {name && (
              <>
                , <strong>{name}</strong>
              </>
            )}
            : {why}
          </li>
        ))}
      </ul>
      Correct it in <code>{file}</code>. It stays there as it is; the other targets work.
    </section>
  );
}
