import { Loader, UnstyledButton } from '@mantine/core';
import type { Player } from 'asciinema-player';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RunState } from '../../../shared/api/run.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { positionText } from '../../words/amounts.ts';
import { ChoiceButtons } from '../choice-buttons.tsx';
import { TroubleNote } from '../trouble-note.tsx';
import { CastPlayer } from './cast-player.tsx';
import classes from './replay.module.css';
import { ReplaySearch } from './replay-search.tsx';
import { stepMoments } from './step-moments.ts';

const speeds = [
  { value: '0.5', name: '0.5×' },
  { value: '1', name: '1×' },
  { value: '2', name: '2×' },
  { value: '4', name: '4×' },
] as const;

type Speed = (typeof speeds)[number]['value'];

/** The recording with the steps as its chapters. */
export function Replay({ run }: { run: RunState }) {
  const [cast, setCast] = useState<string | null>(null);
  const [trouble, setTrouble] = useState('');
  const [speed, setSpeed] = useState<Speed>('1');
  const player = useRef<Player | null>(null);
  const moments = useMemo(() => stepMoments(run), [run]);

  useEffect(() => {
    let wanted = true;
    api.transcripts
      .recording({ runId: run.runId })
      .then((recording) => wanted && setCast(recording.cast))
      .catch((thrown: unknown) => wanted && setTrouble(errorText(thrown)));
    return () => {
      wanted = false;
    };
  }, [run.runId]);

  const jump = (to: number | { marker: number }) => {
    void player.current?.seek(to);
    void player.current?.play();
  };
  if (trouble) return <TroubleNote text={trouble} />;
  if (cast === null) return <Loader size="sm" role="status" aria-label="Reading the recording" />;
  return (
    <div className={classes.columns}>
      <ol className={classes.index} aria-label="Jump to a step">
        {moments.map(({ stepId, label, ms, marker }) => (
          <li key={stepId}>
            <UnstyledButton className={classes.jump ?? ''} disabled={marker === null} onClick={() => marker !== null && jump({ marker })}>
              <span>{label}</span>
              <span className={classes.at}>{ms === null ? 'no recording' : positionText(ms)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ol>
      <div>
        <div className={classes.speed}>
          Speed
          <ChoiceButtons<Speed> label="Speed" value={speed} choices={speeds} onChange={setSpeed} />
        </div>
        <ReplaySearch cast={cast} onJump={jump} />
        <CastPlayer cast={cast} speed={Number(speed)} playerRef={player} />
      </div>
    </div>
  );
}
