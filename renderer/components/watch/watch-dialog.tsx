/** Forty seconds of a rehearsal that fails and leads out: what the terminal printed, and what Wrenchbook said to it. */
import { Button, Group, Modal } from '@mantine/core';
import { IconArrowRight, IconRotateClockwise } from '@tabler/icons-react';
import type { Player } from 'asciinema-player';
import { useEffect, useRef, useState } from 'react';
import { go } from '../../stores/route.ts';
import { toneColor } from '../../words/status.ts';
import { labValue } from '../../words/where.ts';
import { CastPlayer } from '../replay/cast-player.tsx';
import classes from './watch.module.css';
import { sceneAt, watchedRun } from './watched-run.ts';

/** How often it is looked where the player is, in milliseconds. */
const lookMs = 200;

export function WatchDialog({ onClose }: { onClose(): void }) {
  const player = useRef<Player | null>(null);
  const [at, setAt] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setAt(player.current?.getCurrentTime() ?? 0), lookMs);
    return () => window.clearInterval(timer);
  }, []);
  const { scene, number } = sceneAt(watchedRun.scenes, at);
  const again = () => {
    void player.current?.seek(0);
    void player.current?.play();
  };
  return (
    <Modal opened onClose={onClose} title={`${watchedRun.title}: a step fails, and the remedy fixes it`} size={920} centered transitionProps={{ duration: 0 }}>
      <section className={classes.said} style={{ borderColor: toneColor(scene.look) }} aria-label="What Wrenchbook says">
        <div className={classes.head}>
          <strong>
            {scene.word} {scene.title}
          </strong>
          <span className={classes.number}>
            {number} of {watchedRun.scenes.length}
          </span>
        </div>
        {scene.command && <code className={classes.command}>{scene.command}</code>}
        <p>{scene.says}</p>
        {scene.next && (
          <p>
            <strong>What to do:</strong> {scene.next}
          </p>
        )}
      </section>
      <div className={classes.player}>
        <CastPlayer cast={watchedRun.cast} speed={1} asMade playerRef={player} />
      </div>
      <p className={classes.note}>A rehearsal in the lab, played with pauses for reading. No real card was touched.</p>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" leftSection={<IconRotateClockwise size={15} aria-hidden />} onClick={again}>
          Play again
        </Button>
        <Button
          rightSection={<IconArrowRight size={16} aria-hidden />}
          onClick={() => {
            onClose();
            go({ page: 'start', topicId: watchedRun.topicId, where: labValue(watchedRun.failure) });
          }}
        >
          Rehearse it yourself
        </Button>
      </Group>
    </Modal>
  );
}
