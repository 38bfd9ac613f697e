/** What the checks of all procedures say of each host of a fleet's check-up. An output that is empty, cut or missing is unknown, never well. Pure. */
import { toWireError } from '../../../../shared/api/error.ts';
import type { FleetFinding, FleetFindings } from '../../../../shared/api/fleet-doctor.ts';
import type { TargetFacts } from '../../../../shared/api/target.ts';
import type { DoctorTopic } from '../../doctor/doctor-look.ts';
import { takenApart } from '../../doctor/doctor-script.ts';
import { plainText } from '../../sessions/terminal-text.ts';
import type { FleetFold } from '../record/fleet-fold.ts';
import { systemFacts } from '../rules/system-facts.ts';
import { type DoctorAbout, stepOfCategory, systemStep } from './doctor-playbook.ts';

type Said = Pick<FleetFinding, 'verdict' | 'because' | 'next'>;
interface Shown {
  facts: TargetFacts;
  root: boolean;
  seen: ReturnType<typeof takenApart>;
}

export function fleetFindings(fold: Pick<FleetFold, 'hosts' | 'detail'>, topics: readonly DoctorTopic[], { mark, deep }: DoctorAbout): FleetFindings {
  const hosts = fold.hosts.map(({ name, says }) => {
    const shown = shownBy(fold, name, topics, mark, deep);
    const findings = topics.map((each): FleetFinding => ({ topicId: each.topic.id, ...(shown ? findingOf(each, shown, deep) : notSeen(says)) }));
    return { name, looked: shown !== null, findings };
  });
  const about = topics.map(({ topic: { id, title, category } }) => ({ id, title, category }));
  // What is for other systems than all of these is not about them.
  const nobody = hosts.every(({ looked }) => !looked);
  const here = about.filter((_, at) => nobody || hosts.some(({ looked, findings }) => looked && findings[at]?.verdict !== 'elsewhere'));
  const known = new Set(here.map(({ id }) => id));
  const shown = hosts.map(({ findings, ...host }) => ({ ...host, findings: findings.filter(({ topicId }) => known.has(topicId)) }));
  return { topics: here, hosts: shown, groups: grouped(shown) };
}

/** Null where the host did not say what it is. */
function shownBy(fold: Pick<FleetFold, 'detail'>, host: string, topics: readonly DoctorTopic[], mark: string, deep: boolean): Shown | null {
  const outputOf = (step: string) => plainText((fold.detail(host, step, true)?.tasks.at(-1)?.output ?? '').replaceAll('\r\n', '\n'));
  const system = outputOf(systemStep);
  if (!/^kernel=./m.test(system)) return null;
  const steps = [...new Set(topics.map(({ topic }) => stepOfCategory(topic.category)))];
  const seen = new Map(steps.flatMap((step) => [...takenApart(outputOf(step), mark)]));
  return { facts: systemFacts(system), root: deep || /^uid=0$/m.test(system), seen };
}

function findingOf({ topic, look }: DoctorTopic, { facts, root, seen }: Shown, deep: boolean): Said {
  if ('elsewhere' in look) return { verdict: 'elsewhere', because: look.elsewhere, next: '' };
  if ('whyNot' in look) return { verdict: 'not-looked', because: look.whyNot.message, next: look.whyNot.next };
  const [part] = look.parts;
  const other = part?.without(facts);
  if (other) return { verdict: 'elsewhere', because: other.because, next: other.next };
  if (part?.needsRoot && !root) return { verdict: 'not-looked', because: 'Only root can look.', next: deep ? '' : 'Check again with --deep.' };
  const own = seen.get(topic.id);
  if (!own) return unknown('The host did not say what came of it.');
  if (own.ended === 'late') return unknown('It took too long and was ended.');
  if (own.ended === 'cut') return unknown('It printed too much and was ended.');
  if (own.output.trim() === '') return unknown('It printed nothing.');
  try {
    const { verdict, because, next } = look.judge([own]);
    return { verdict, because, next };
  } catch (thrown) {
    return unknown(`What it showed could not be judged: ${toWireError(thrown).message}`);
  }
}

const unknown = (because: string): Said => ({ verdict: 'unknown', because, next: 'Check this procedure by itself there.' });
const notSeen = (says: string): Said => ({
  verdict: 'unknown',
  because: `The host was not looked at. ${says.split('\n')[0] ?? ''}`.trim(),
  next: 'Check it again when it is there.',
});

/** Hosts of which the same is said, the largest group first; `elsewhere` does not count. */
function grouped(hosts: FleetFindings['hosts']): FleetFindings['groups'] {
  const groups = new Map<string, FleetFindings['groups'][number]>();
  for (const { name, findings } of hosts) {
    const verdicts = findings.filter(({ verdict }) => verdict !== 'elsewhere').map(({ topicId, verdict }) => ({ topicId, verdict }));
    const key = JSON.stringify(verdicts);
    const group = groups.get(key);
    if (group) group.hosts.push(name);
    else groups.set(key, { hosts: [name], verdicts });
  }
  return [...groups.values()].sort((one, other) => other.hosts.length - one.hosts.length);
}
