/** For which systems a procedure is, as the catalogue's filter names them: read off what it says of its platforms and of its targets. */
import type { SystemKind } from '../../../shared/api/topic.ts';
import type { Topic, TopicText } from '../../../shared/topic-kit/index.ts';

const said: readonly [SystemKind, RegExp][] = [
  ['linux', /\blinux\b|debian|ubuntu|red hat|proxmox/i],
  ['macos', /\bmac ?os\b|\bos x\b/i],
  ['windows', /\bwindows (?:\d|server|vista|xp|domain)/i],
  ['freebsd', /bsd\b/i],
  ['firmware', /uefi|bios|firmware|boot rom/i],
];

/** Each once, in the order of the filter. */
export function systemKinds(topic: Pick<TopicText, 'platforms'> & Partial<Pick<Topic, 'systems' | 'targets'>>): SystemKind[] {
  const told = [...topic.platforms, ...(topic.systems?.oneOf ?? []).map(({ os }) => os)];
  const kinds = said.filter(([, words]) => told.some((text) => words.test(text))).map(([kind]) => kind);
  return topic.targets?.includes('console') ? [...kinds, 'console'] : kinds;
}
