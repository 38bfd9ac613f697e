/** Who reads which configuration. */
import type { PictureText } from '../../topic-kit/index.ts';
import { type Parameters, pathsOf } from './parameters.ts';

export function pictures(values: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const built = done.has('compile') || done.has('compile-provider');
  return [
    {
      kind: 'graph',
      id: 'configurations',
      title: 'Who loads it',
      caption:
        'Only a program that is started with OPENSSL_CONF reads the new configuration. In the system’s file it would be loaded by every TLS program, as root too.',
      nodes: [
        { id: 'try', title: 'openssl', text: 'with OPENSSL_CONF', column: 0, row: 0 },
        { id: 'all', title: 'Every other program', text: 'sshd, web server, apt …', column: 0, row: 1 },
        { id: 'own', title: 'Own openssl.cnf', text: `names ${values.name}`, column: 1, row: 0, tone: done.has('config') ? 'good' : 'plain' },
        { id: 'system', title: '/etc/ssl/openssl.cnf', text: 'stays as it is', column: 1, row: 1, tone: 'quiet' },
        {
          id: 'library',
          title: pathsOf(values).library.split('/').at(-1) ?? '',
          text: built ? 'compiled' : 'to be compiled',
          column: 2,
          row: 0,
          tone: built ? 'good' : 'plain',
        },
      ],
      edges: [
        { from: 'try', to: 'own', label: 'reads' },
        { from: 'all', to: 'system', label: 'read', tone: 'quiet' },
        { from: 'own', to: 'library', label: 'loads', tone: built ? 'good' : 'plain', dashed: !built },
      ],
    },
  ];
}
