/** The recorded rehearsal, as watched-run.test.ts makes it and keeps it true. */
import type { Tone } from '../../words/status.ts';
import recorded from './watched-run.json';

type Recorded = (typeof recorded)['scenes'][number];
export interface Scene extends Pick<Recorded, 'at' | 'title' | 'command' | 'says' | 'next'> {
  /** Before the title. */
  word: string;
  look: Tone;
}

const looks: Record<string, { word: string; look: Tone }> = {
  good: { word: 'Step', look: 'good' },
  harmless: { word: 'Step', look: 'harmless' },
  bad: { word: 'Failed: step', look: 'bad' },
  remedy: { word: 'Remedy:', look: 'good' },
};

export const watchedRun = {
  ...recorded,
  scenes: recorded.scenes.map((scene): Scene => ({ ...scene, ...(looks[scene.tone] ?? { word: 'Step', look: 'good' }) })),
};

/** The one that is played at a moment, in seconds, and which one that is, from 1. */
export function sceneAt(scenes: readonly Scene[], at: number): { scene: Scene; number: number } {
  const last = scenes.findLastIndex((scene) => scene.at <= at);
  const number = Math.max(0, last);
  return { scene: scenes[number] as Scene, number: number + 1 };
}
