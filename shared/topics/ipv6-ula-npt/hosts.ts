/** What hosts need, so that they prefer IPv6 with a local address. */
import type { StepCard } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

/** The labels that glibc has without a gai.conf, but for fc00::/7: local addresses then have the label of ::/0, and match global ones. */
export const labels = ['::1/128 0', '::/0 1', '2002::/16 2', '::/96 3', '::ffff:0:0/96 4', 'fec0::/10 5', '2001:0::/32 7'];

export const hostCards = ({ ula }: Pick<Parameters, 'ula'>): StepCard[] => [
  {
    title: '/etc/gai.conf, on Linux with glibc',
    lines: labels.map((label) => `label ${label}`),
    note: 'These are glibc’s own labels, without the line fc00::/7 6. Read by each program when it starts.',
  },
  { title: 'Windows, as administrator', lines: [`netsh interface ipv6 add prefixpolicy ${ula} 45 1`] },
];
