/** The memory, and what the card may register of it, before and after. */
import type { PictureText } from '../../topic-kit/index.ts';
import { logNumMtt, registerableMib } from './mtt.ts';
import type { Parameters } from './parameters.ts';

/** The node of the source, until a run has read another one. */
const example = { memory: '130967', page: '4096', 'per-segment': '3' };

export function pictures({ registerable, table }: Parameters, { facts }: { facts: Readonly<Record<string, string>> }): PictureText[] {
  if (table === 'leave') return [];
  const isRead = facts.memory !== undefined && facts.page !== undefined && facts['per-segment'] !== undefined;
  const from: Readonly<Record<string, string>> = isRead ? facts : example;
  const [memory = 0, page = 0, segment = 0] = ['memory', 'page', 'per-segment'].map((id) => Number(from[id]));
  const log = logNumMtt(memory, segment, page);
  const gib = (mib: number) => Math.round((mib / 1024) * 10) / 10;
  const before =
    registerable === ''
      ? []
      : [{ label: 'by the warning', value: gib(Number(registerable)), tone: Number(registerable) < memory ? ('bad' as const) : ('good' as const) }];
  return [
    {
      kind: 'bars',
      id: 'memory',
      title: isRead ? 'Memory, and what can be registered' : 'Memory, and what can be registered: an example',
      caption:
        log === null
          ? `Twice ${gib(memory)} GiB is more than the driver’s largest table.`
          : `With log_num_mtt=${log}: 2^${log} × 2^${segment} × ${page} bytes = ${gib(registerableMib(log, segment, page))} GiB, at least twice the ${gib(memory)} GiB of memory.`,
      unit: 'GiB',
      groups: [
        { label: 'Memory', bars: [{ label: 'of the node', value: gib(memory), tone: 'quiet' }] },
        {
          label: 'Registerable',
          bars: [...before, ...(log === null ? [] : [{ label: `log_num_mtt=${log}`, value: gib(registerableMib(log, segment, page)), tone: 'good' as const }])],
        },
      ],
    },
  ];
}
