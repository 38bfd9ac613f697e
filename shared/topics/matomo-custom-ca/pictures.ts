/** Which list of CAs is asked. */
import type { PictureText } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export function pictures({ bundle }: Partial<Parameters>, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const set = done.has('set');
  return [
    {
      kind: 'graph',
      id: 'lists',
      title: set ? 'Which list of CAs counts now' : 'Which list of CAs counts',
      caption: set
        ? 'Matomo uses the file that custom_cacert_pem names, for all that it asks. So the public CAs are in it too.'
        : 'Matomo brings a list of its own and gives it to curl. What php.ini and the system say does not count.',
      nodes: [
        { id: 'matomo', title: 'Matomo', text: 'asks its own address', column: 0, row: 1 },
        { id: 'own', title: 'Its own list', text: 'public CAs', column: 1, row: 0, tone: set ? 'quiet' : 'bad' },
        { id: 'ini', title: 'curl.cainfo', text: 'in php.ini', column: 1, row: 1, tone: 'quiet' },
        { id: 'file', title: 'System’s list', text: bundle ?? '', column: 1, row: 2, tone: set ? 'good' : 'quiet' },
        { id: 'server', title: 'Server', text: set ? 'accepted' : 'refused', column: 2, row: 1, tone: set ? 'good' : 'bad' },
      ],
      edges: [
        { from: 'matomo', to: 'own', label: set ? '' : 'by default', tone: set ? 'quiet' : 'bad', dashed: set },
        { from: 'matomo', to: 'ini', label: 'never', tone: 'quiet', dashed: true },
        { from: 'matomo', to: 'file', label: 'custom_cacert_pem', tone: set ? 'good' : 'quiet', dashed: !set },
        { from: set ? 'file' : 'own', to: 'server', tone: set ? 'good' : 'bad' },
      ],
    },
  ];
}
