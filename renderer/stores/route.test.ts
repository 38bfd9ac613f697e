import { describe, expect, it } from 'vitest';
import { parseRoute, type Route, routeHash } from './route.ts';

const routes: Route[] = [
  { page: 'catalogue' },
  { page: 'topic', topicId: 'perc-h200-crossflash' },
  { page: 'start', topicId: 'perc-h200-crossflash', where: null },
  { page: 'start', topicId: 'perc-h200-crossflash', where: 'lab:no-adapter' },
  { page: 'start', topicId: 'perc-h200-crossflash', where: 'book:web1', like: '20260101-120000-x' },
  { page: 'start', topicId: 'perc-h200-crossflash', where: null, like: '20260101-120000-x' },
  { page: 'runs' },
  { page: 'storage' },
  { page: 'fleets' },
  { page: 'fleet', runId: '20260101-120000-x-0a1b' },
  { page: 'new-fleet', topicId: null },
  { page: 'new-fleet', topicId: 'perc-h200-crossflash' },
  { page: 'doctor', where: 'book:web 1' },
  { page: 'machine', where: 'local' },
  { page: 'watch', where: 'book:web 1' },
  { page: 'run', runId: '20260101-120000-x', view: 'step' },
  { page: 'run', runId: '20260101-120000-x', view: 'plan' },
  { page: 'transcript', runId: '20260101-120000-x' },
  { page: 'transcript', runId: '20260101-120000-x', at: { stepId: 'a b', place: 'screen' } },
  { page: 'compare', left: '20260101-120000-x', right: '20260102-120000-x' },
];

describe('routes', () => {
  it.each(routes)('$page survives the way through the address', (route) => expect(parseRoute(routeHash(route))).toEqual(route));

  it.each(['', '#', '#/nowhere', '#/topic', '#/topic/%E0%A4%A', '#/compare/one'])('%s leads to the catalogue', (hash) =>
    expect(parseRoute(hash)).toEqual({ page: 'catalogue' }),
  );
});
