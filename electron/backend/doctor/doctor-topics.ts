/** What a check-up looks at on a machine: the procedures that have a look of their own, and what runs have set up there. */
import type { DoctorRequest } from '../../../shared/api/doctor.ts';
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { ChosenTarget, ParameterValues } from '../../../shared/api/topic.ts';
import type { Topic } from '../../../shared/topic-kit/index.ts';
import { probeLook } from '../probes/probe-look.ts';
import { namedForSession } from '../runs/session-names.ts';
import type { TargetBook } from '../targets/book/target-book.ts';
import { settledPlaces } from '../targets/run-machines.ts';
import { settledTarget } from '../targets/settled-target.ts';
import { procedures } from '../topics/topic-registry.ts';
import type { DoctorTopic } from './doctor-look.ts';
import type { SetUp } from './runs-there.ts';

type Book = Pick<TargetBook, 'get'>;

/** Those of the category that have a look of their own, on one machine. Throws `not-found` for a category that has none. */
export function topicsFor({ target, category }: DoctorRequest, book: Book): Promise<DoctorTopic[]> {
  const wanted = procedures().filter((topic) => topic.probe && isOf(topic, category));
  if (wanted.length === 0)
    throw new WrenchbookError(
      'not-found',
      `No procedure of the category "${category}" has a check.`,
      `Categories: ${[...new Set(procedures().map((topic) => topic.category))].sort().join(', ')}.`,
    );
  return Promise.all(wanted.map(async (topic) => ({ topic, look: await lookOf(topic, target, {}, book) })));
}

/** The same, each with the values of a run that was done there. */
export function setUpsFor({ target, category }: DoctorRequest, setUps: readonly SetUp[], book: Book): Promise<DoctorTopic[]> {
  return Promise.all(
    setUps.flatMap(({ topicId, parameters, refused, ...run }) => {
      const topic = procedures().find(({ id }) => id === topicId);
      if (!topic?.probe || !isOf(topic, category)) return [];
      const look = async () => (refused === '' ? lookOf(topic, target, parameters, book) : { whyNot: { message: refused, next: '' } });
      return [look().then((done): DoctorTopic => ({ topic, look: done, run }))];
    }),
  );
}

const isOf = (topic: Topic, category: string | undefined) => category === undefined || topic.category === category;

async function lookOf(topic: Topic, target: ChosenTarget, parameters: ParameterValues, book: Book): Promise<DoctorTopic['look']> {
  const { kind } = settledTarget(target, book).target;
  const runsOn: readonly string[] = topic.machines?.[0]?.targets ?? topic.targets ?? [];
  if (!runsOn.includes(kind)) return { elsewhere: `It runs on ${runsOn.join(' or ') || 'no'} targets.` };
  try {
    const { machines: [first, ...others] = [], probe } = topic;
    if ((probe?.machines?.length ?? 1) > 1 || others.some(({ optional }) => !optional))
      throw new WrenchbookError('does-not-apply', 'It is about several machines.', `Check it by itself: wrenchbook check ${topic.id}`);
    const { rendering, places } = settledPlaces({ ...topic, machines: first ? [first] : [] }, { target }, book);
    return probeLook(topic, await namedForSession(topic, parameters), rendering, places);
  } catch (thrown) {
    const { message, next } = toWireError(thrown);
    return { whyNot: { message, next } };
  }
}
