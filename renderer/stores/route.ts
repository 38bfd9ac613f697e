/** Where the window is. Kept in the address's hash, so that going back works and a page can be opened by its address. */
import { create } from 'zustand';
import type { SearchPlace } from '../../shared/api/history.ts';

/** A step in a transcript: in its record, in its plan, or on its screen. */
export interface StepPlace {
  stepId: string;
  place: SearchPlace;
}

export type Route =
  | { page: 'catalogue' }
  | { page: 'topic'; topicId: string }
  /**
   * Where the run is to happen, as a value of where.ts; null: it is still to be chosen. `others`: the same of the other machines, of a procedure
   * with several. `like`: the run whose values fill the form.
   */
  | { page: 'start'; topicId: string; where: string | null; others?: Readonly<Record<string, string>>; like?: string }
  | { page: 'runs' }
  | { page: 'storage' }
  | { page: 'targets' }
  | { page: 'fleets' }
  /** `topicId`: the procedure that is chosen; null: none yet, or a compiled folder. */
  | { page: 'new-fleet'; topicId: string | null }
  | { page: 'fleet'; runId: string }
  /** A check-up of a machine: a value of where.ts. */
  | { page: 'doctor'; where: string }
  /** All that is known of a machine. */
  | { page: 'machine'; where: string }
  /** Its logs that are watched. */
  | { page: 'watch'; where: string }
  | { page: 'run'; runId: string; view: 'step' | 'plan' }
  | { page: 'transcript'; runId: string; at?: StepPlace }
  | { page: 'compare'; left: string; right: string }
  | { page: 'settings' };

const places: readonly SearchPlace[] = ['record', 'plan', 'screen'];

/** Unknown addresses lead to the catalogue: nothing else could be shown for them. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const [page = '', rawId = '', view = ''] = path.split('/');
  const id = decode(rawId);
  if (page === 'topic' && id) return { page, topicId: id };
  if (page === 'start' && id) {
    const asked = new URLSearchParams(query);
    const like = asked.get('like');
    const others = Object.fromEntries(asked.getAll('on').flatMap((text) => (/^[^=]+=./.test(text) ? [text.split(/=(.*)/s).slice(0, 2)] : [])));
    return { page, topicId: id, where: asked.get('where'), ...(Object.keys(others).length > 0 && { others }), ...(like && { like }) };
  }
  if (page === 'runs' || page === 'storage' || page === 'targets' || page === 'settings') return { page };
  if (page === 'fleets' && id === 'new') return { page: 'new-fleet', topicId: new URLSearchParams(query).get('topic') };
  if (page === 'fleets') return id ? { page: 'fleet', runId: id } : { page };
  if ((page === 'doctor' || page === 'machine' || page === 'watch') && id) return { page, where: id };
  if (page === 'run' && id) return { page, runId: id, view: view === 'plan' ? 'plan' : 'step' };
  if (page === 'transcript' && id) {
    const asked = new URLSearchParams(query);
    const stepId = asked.get('step');
    const place = places.find((each) => each === asked.get('place')) ?? 'record';
    return { page, runId: id, ...(stepId && { at: { stepId, place } }) };
  }
  if (page === 'compare' && id && decode(view)) return { page, left: id, right: decode(view) };
  return { page: 'catalogue' };
}

export function routeHash(route: Route): string {
  switch (route.page) {
    case 'catalogue':
      return '#/';
    case 'topic':
      return `#/topic/${encodeURIComponent(route.topicId)}`;
    case 'start':
      return `#/start/${encodeURIComponent(route.topicId)}${queryOf({ where: route.where, on: Object.entries(route.others ?? {}).map((each) => each.join('=')), like: route.like })}`;
    case 'runs':
      return '#/runs';
    case 'storage':
      return '#/storage';
    case 'settings':
      return '#/settings';
    case 'targets':
      return '#/targets';
    case 'fleets':
      return '#/fleets';
    case 'new-fleet':
      return `#/fleets/new${queryOf({ topic: route.topicId })}`;
    case 'fleet':
      return `#/fleets/${encodeURIComponent(route.runId)}`;
    case 'doctor':
    case 'machine':
    case 'watch':
      return `#/${route.page}/${encodeURIComponent(route.where)}`;
    case 'run':
      return `#/run/${encodeURIComponent(route.runId)}${route.view === 'plan' ? '/plan' : ''}`;
    case 'transcript':
      return `#/transcript/${encodeURIComponent(route.runId)}${queryOf({ step: route.at?.stepId, place: route.at?.place })}`;
    case 'compare':
      return `#/compare/${encodeURIComponent(route.left)}/${encodeURIComponent(route.right)}`;
  }
}

/** What is not there is left out. */
function queryOf(values: Readonly<Record<string, string | readonly string[] | null | undefined>>): string {
  const given = Object.entries(values).flatMap(([name, value]) => [value ?? []].flat().map((each): [string, string] => [name, each]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

export const useRoute = create<{ route: Route }>(() => ({ route: { page: 'catalogue' } }));

export function go(route: Route): void {
  window.location.hash = routeHash(route);
}

/** Another address of the page that is shown: going back leads past it. */
export function stayAt(route: Route): void {
  window.history.replaceState(null, '', routeHash(route));
  useRoute.setState({ route });
}

export function followAddress(): void {
  const read = () => useRoute.setState({ route: parseRoute(window.location.hash) });
  read();
  window.addEventListener('hashchange', read);
}
