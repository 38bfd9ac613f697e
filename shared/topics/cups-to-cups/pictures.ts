/** Who does what to a document. */
import type { PictureText } from '../../topic-kit/index.ts';

export function pictures(_: unknown, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const passes = done.has('pass') || done.has('everywhere');
  return [
    {
      kind: 'graph',
      id: 'documents',
      title: passes ? 'What happens to a document now' : 'What happens to a document',
      caption: passes
        ? 'The client sends the document as it is, with the options. The server filters it once, and counts its pages.'
        : 'The client turns the document into data for the printer. The server filters that again, and cannot count its pages any more.',
      nodes: [
        { id: 'program', title: 'Program', text: 'PDF, 6 pages', column: 0, row: 0 },
        {
          id: 'client',
          title: 'CUPS on the client',
          text: passes ? 'passes it on' : 'runs the driver',
          column: 1,
          row: 0,
          tone: passes ? 'good' : 'bad',
        },
        { id: 'server', title: 'CUPS on the server', text: 'runs the driver', column: 2, row: 0, tone: passes ? 'good' : 'bad' },
        { id: 'log', title: 'page_log', text: passes ? 'total 6 … one-sided' : 'total 0 … - -', column: 2, row: 1, tone: passes ? 'good' : 'bad' },
        { id: 'printer', title: 'Printer', column: 3, row: 0 },
      ],
      edges: [
        { from: 'program', to: 'client' },
        { from: 'client', to: 'server', label: passes ? 'PDF and options' : 'PostScript', tone: passes ? 'good' : 'bad' },
        { from: 'server', to: 'log', label: 'counts' },
        { from: 'server', to: 'printer' },
      ],
    },
  ];
}
