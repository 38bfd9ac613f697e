/** The calls about procedures and calculators, before anything runs. */
import type { BackendMethod, Handlers } from '../../../shared/wire/dispatcher.ts';
import { listDevices } from '../media/devices/list-devices.ts';
import { checkRun } from '../runs/run-check.ts';
import type { TargetBook } from '../targets/book/target-book.ts';
import { calculate } from './calculate.ts';
import type { SymptomSearch } from './symptom-search.ts';
import { anyDetail, anySummary, catalogue, findCalculator } from './topic-registry.ts';

type TopicMethod = Exclude<Extract<BackendMethod, `topics.${string}` | `calculators.${string}` | 'media.devices'>, 'topics.places' | 'topics.fitting'>;

export function topicHandlers({ book, symptoms }: { book: TargetBook; symptoms: SymptomSearch }): Handlers<TopicMethod> {
  return {
    'topics.list': () => catalogue.map(anySummary),
    'topics.get': ({ topicId }) => anyDetail(topicId),
    'topics.search': ({ text }) => symptoms.find(text),
    'topics.check': async (request) => {
      const { issues, inputs, plan } = await checkRun(request, book);
      return { issues, inputs, plan };
    },
    'calculators.calculate': ({ topicId, parameters, data }) => calculate(findCalculator(topicId), parameters, data),
    'media.devices': listDevices,
  };
}
