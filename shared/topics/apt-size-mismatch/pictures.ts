/** Who has which file. */
import type { PictureText } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export function pictures({ way }: Partial<Parameters>, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const past = way === 'bypass' && done.has('bypass');
  const mended = done.has('remove') || done.has('expire');
  return [
    {
      kind: 'graph',
      id: 'who-has-what',
      title: 'Who has which file',
      caption: past
        ? 'The client has fetched the right file past the proxy. The proxy still keeps the old copy.'
        : mended
          ? 'The proxy has lost its old copy and passes the right file on.'
          : 'The repository has replaced a file under the same name. Its index names the new one; the proxy still gives out the old one.',
      nodes: [
        { id: 'origin', title: 'Repository', text: 'new file', column: 0, row: 0, tone: 'good' },
        { id: 'proxy', title: 'Proxy', text: mended ? 'new file' : 'old copy', column: 1, row: 0, tone: mended ? 'good' : 'bad' },
        {
          id: 'client',
          title: 'Client',
          text: mended || past ? 'gets the new file' : 'size or digest differs',
          column: 2,
          row: 0,
          tone: mended || past ? 'good' : 'bad',
        },
        { id: 'index', title: 'Signed index', text: 'names the new file', column: 1, row: 1 },
      ],
      edges: [
        { from: 'origin', to: 'proxy', label: mended ? 'fetched again' : 'long ago' },
        { from: 'proxy', to: 'client', label: mended ? 'new' : 'old', tone: mended ? 'good' : 'bad', dashed: past },
        { from: 'origin', to: 'index' },
        { from: 'index', to: 'client', label: 'compared with' },
      ],
    },
  ];
}
