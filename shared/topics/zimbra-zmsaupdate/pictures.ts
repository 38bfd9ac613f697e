/** How far the update gets. */
import type { PictureText } from '../../topic-kit/index.ts';

export function pictures(_: unknown, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const repaired = done.has('repair');
  const tone = repaired ? 'good' : 'bad';
  return [
    {
      kind: 'graph',
      id: 'update',
      title: 'How far the update gets',
      caption: repaired
        ? 'sa-update is called without the option, and asks the mirror for new rules.'
        : 'sa-update refuses the option before it asks for anything. The rules stay as old as the patch.',
      nodes: [
        { id: 'cron', title: 'cron', text: 'every day', column: 0, row: 0 },
        { id: 'script', title: 'zmsaupdate', text: repaired ? 'sa-update -v' : 'sa-update --allowplugins', column: 1, row: 0, tone },
        { id: 'update', title: 'sa-update', text: repaired ? 'asks the mirror' : 'ends with 2', column: 2, row: 0, tone },
        { id: 'amavis', title: 'amavis', text: repaired ? 'gets new rules' : 'keeps old rules', column: 3, row: 0, tone: repaired ? 'good' : 'warning' },
      ],
      edges: [
        { from: 'cron', to: 'script' },
        { from: 'script', to: 'update', tone },
        { from: 'update', to: 'amavis', tone, dashed: !repaired },
      ],
    },
  ];
}
