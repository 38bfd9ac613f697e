/** The rehearsal: a machine with a compiler and OpenSSL 3.0. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const files = (failure: string | null): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  { path: 'engine.state', content: `headers=${failure === 'no-headers' ? 'no' : 'yes'}\nloads=${failure === 'noexec' ? 'no' : 'yes'}\n` },
  { path: 'root/home/you/.profile', content: '# yours\n' },
  ...(failure === 'other-file' ? [{ path: 'root/home/you/engine/simple.c', content: 'int main(void) { return 0; }\n' }] : []),
];

export const lab: Lab = {
  scenario: 'A machine with a compiler and OpenSSL 3.0, and an empty folder',
  failures: [
    {
      id: 'no-headers',
      title: 'OpenSSL’s headers are missing',
      story: 'The compiler is there, and the package with the headers is not. Nothing is written before they are installed.',
      stopsAt: { step: 'look', rule: 'no-header' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'no-engines',
      title: 'An OpenSSL without engines',
      story: 'The distribution has built it without them. A provider can be made instead.',
      stopsAt: { step: 'look', rule: 'cannot-load' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'other-file',
      title: 'A file of that name is there',
      story: 'Somebody has written another simple.c in the folder. It is left alone.',
      stopsAt: { step: 'source', rule: 'other-file' },
      wayOut: 'undo',
    },
    {
      id: 'noexec',
      title: 'The volume forbids it',
      story: 'The home directory is mounted with noexec. OpenSSL leaves the engine out of its list, without a word and with status 0.',
      stopsAt: { step: 'load', rule: 'not-found' },
      wayOut: 'remedy',
      inWay: null,
    },
  ],
  facts: {},
  ways: { provider: { kind: 'provider' } },
  files,
};
