/** The attempts in their order, and why the next one is needed. */
import type { PictureText, PictureTone } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export function pictures({ way }: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const ended = (step: string): PictureTone => (done.has(step) ? 'good' : 'plain');
  const tried: PictureTone = done.has('attempts') ? 'bad' : 'plain';
  const renamed: PictureTone = done.has('restore') ? 'good' : done.has('rename') ? 'accent' : 'plain';
  return [
    {
      kind: 'graph',
      id: 'attempts',
      title: 'Which path leads where',
      caption:
        'Safe mode dies too. System Restore from the menu says that system protection is off. With /offline it knows which Windows is meant, but fails at the registry (0x80070002). With SOFTWARE and SYSTEM renamed it succeeds; then DISM and sfc repair the rest, and the update goes in again.',
      nodes: [
        { id: 'died', title: 'Does not start', text: '0x000000EF', column: 0, row: 0, tone: done.has('restore') ? 'quiet' : 'bad' },
        { id: 'safe', title: 'Safe mode', text: 'dies too', column: 1, row: 0, tone: tried },
        { id: 'menu', title: 'System Restore', text: 'from the menu', column: 1, row: 1, tone: tried },
        { id: 'offline', title: 'rstrui /offline', text: 'names this Windows', column: 1, row: 2, tone: tried },
        { id: 'rename', title: 'Hives renamed', text: way === 'linux' ? 'from Linux' : 'SOFTWARE, SYSTEM', column: 1, row: 3, tone: renamed },
        { id: 'restore', title: 'rstrui /offline', text: 'succeeds', column: 0, row: 3, tone: ended('restore') },
        { id: 'online', title: 'DISM, then sfc', text: 'in started Windows', column: 0, row: 4, tone: ended('sfc') },
        { id: 'update', title: 'Update again', text: 'after clean-up', column: 1, row: 4, tone: ended('update') },
      ],
      edges: [
        { from: 'died', to: 'safe' },
        { from: 'safe', to: 'menu', label: 'dies' },
        { from: 'menu', to: 'offline', label: 'says: protection off' },
        { from: 'offline', to: 'rename', label: '0x80070002' },
        { from: 'rename', to: 'restore', tone: 'good' },
        { from: 'restore', to: 'online', tone: 'good' },
        { from: 'online', to: 'update', tone: 'good' },
      ],
    },
  ];
}
