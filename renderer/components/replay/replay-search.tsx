import { TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { positionText } from '../../words/amounts.ts';
import { castText, searchCast } from './cast-search.ts';
import classes from './replay.module.css';

/** Finds what the terminal printed and jumps to when it did. */
export function ReplaySearch({ cast, onJump }: { cast: string; onJump: (seconds: number) => void }) {
  const [wanted, setWanted] = useState('');
  const text = useMemo(() => castText(cast), [cast]);
  const matches = useMemo(() => searchCast(text, wanted), [text, wanted]);
  return (
    <div className={classes.search}>
      <TextInput
        size="xs"
        aria-label="Search in the replay"
        placeholder="Search what was printed …"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && matches[0]) onJump(matches[0].at);
        }}
      />
      {wanted.trim() !== '' && (
        <ol className={classes.index} aria-label="Found in the replay">
          {matches.length === 0 && <li className={classes.none}>Not printed in this run.</li>}
          {matches.map((match, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: matches have no other identity
            <li key={index}>
              <UnstyledButton className={classes.jump ?? ''} onClick={() => onJump(match.at)}>
                <span className={classes.found}>
                  {match.before}
                  <mark>{match.match}</mark>
                  {match.after}
                </span>
                <span className={classes.at}>{positionText(match.at * 1000)}</span>
              </UnstyledButton>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
