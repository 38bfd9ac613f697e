/** Plays a recording. The player is loaded only when one is shown: its terminal is WebAssembly of a few hundred kilobytes. */
import type { Player } from 'asciinema-player';
import 'asciinema-player/dist/bundle/asciinema-player.css';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { errorText } from '../../stores/report-error.ts';
import { monospace } from '../terminal/terminal-look.ts';
import { TroubleNote } from '../trouble-note.tsx';
import { longestPause } from './cast-search.ts';
import classes from './replay.module.css';

interface CastPlayerProps {
  cast: string;
  speed: number;
  /** Plays at once, and every pause as it is recorded: for a recording whose pauses were made for reading. */
  asMade?: boolean;
  playerRef: RefObject<Player | null>;
}

export function CastPlayer({ cast, speed, asMade = false, playerRef }: CastPlayerProps) {
  const mount = useRef<HTMLDivElement>(null);
  const [trouble, setTrouble] = useState('');
  // Speed is only taken when a player is made: a new one starts where the old one was.
  useEffect(() => {
    let dropped = false;
    const startAt = playerRef.current?.getCurrentTime() ?? 0;
    const again = playerRef.current !== null;
    import('asciinema-player')
      .then(({ create }) => {
        if (dropped || !mount.current) return;
        playerRef.current?.dispose();
        playerRef.current = create({ data: cast }, mount.current, {
          speed,
          startAt,
          autoPlay: again || asMade,
          preload: true,
          poster: startAt > 0 ? `npt:${startAt}` : 'npt:0:01',
          ...(asMade ? {} : { idleTimeLimit: longestPause }),
          fit: 'both',
          controls: true,
          terminalFontFamily: monospace,
        });
      })
      .catch((thrown: unknown) => setTrouble(errorText(thrown)));
    return () => {
      dropped = true;
    };
  }, [cast, speed, asMade, playerRef]);
  useEffect(
    () => () => {
      playerRef.current?.dispose();
      playerRef.current = null;
    },
    [playerRef],
  );
  return (
    <>
      {trouble && <TroubleNote text={trouble} />}
      <div ref={mount} className={classes.player} />
    </>
  );
}
