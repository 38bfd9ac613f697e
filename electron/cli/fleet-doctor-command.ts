/** `wrenchbook fleet doctor`: the checks of all procedures on many hosts, by Ansible; and what a check-up says, also later. */
import type { FleetFinding, FleetFindings } from '../../shared/api/fleet-doctor.ts';
import { makeApi } from '../../shared/wire/client.ts';
import { verdictWords } from '../backend/fleet/export/fleet-transcript.ts';
import type { Surroundings } from './commands.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { attempt, type HostOptions, type StartOptions, secretsFor, sourcesOf, tellHosts } from './fleet-run-command.ts';
import { print, tell } from './output.ts';

export interface FleetDoctorOptions extends HostOptions, StartOptions {
  category?: string;
  deep?: boolean;
}

/** It only reads, so nothing is asked but for passwords. Status as of `wrenchbook doctor`: 4 where something applies, 5 where something is not known. */
export async function fleetDoctor(surroundings: Surroundings, options: FleetDoctorOptions): Promise<ExitStatus> {
  const { fleets } = makeApi(surroundings.client.call);
  const { category, deep, askSsh } = options;
  const asked = { ...(category !== undefined && { category }), deep: Boolean(deep), sshPassword: Boolean(askSsh) };
  const prepared = await fleets.prepareCheckUp({ sources: sourcesOf(options), ...asked });
  const { runId, hosts } = prepared.state;
  tell(`Check-up ${runId} of ${hosts} ${hosts === 1 ? 'host' : 'hosts'}. It only reads.`);
  tellHosts(prepared);
  const state = await attempt(surroundings, runId, 'apply', await secretsFor(surroundings, prepared.state, options));
  if (state.status === 'stopped' || state.status === 'interrupted') {
    tell(`${state.says} To continue: wrenchbook fleet resume ${runId}`);
    return exitStatus.interrupted;
  }
  return showFindings(surroundings, runId, options);
}

export async function showFindings({ client }: Surroundings, runId: string, { json }: { json?: boolean }): Promise<ExitStatus> {
  const findings = await makeApi(client.call).fleets.findings({ runId });
  if (json) print(JSON.stringify({ runId, ...findings }, null, 2));
  else print(lines(runId, findings).join('\n'));
  const has = (...wanted: FleetFinding['verdict'][]) => findings.hosts.some((host) => host.findings.some(({ verdict }) => wanted.includes(verdict)));
  return has('affected') ? exitStatus.doesNotApply : has('unknown', 'not-looked') ? exitStatus.interrupted : exitStatus.done;
}

const shown = ['affected', 'unknown', 'not-looked', 'already-fixed', 'not-affected'] as const;
/** What is well on all of them is only counted. */
const counted: readonly string[] = ['not-affected'];

/** Groups of like hosts; then why, for what asks for something or is not known. */
function lines(runId: string, { hosts, groups }: FleetFindings): string[] {
  const away = new Map(hosts.flatMap(({ name, looked, findings }) => (looked ? [] : [[name, findings[0]?.because ?? ''] as const])));
  const parts = groups.flatMap(({ hosts: names, verdicts }) => {
    const head = ['', `${names.length} ${names.length === 1 ? 'host' : 'hosts'}: ${names.join(', ')}`];
    if (names.every((name) => away.has(name))) return [...head, ...new Set(names.map((name) => `  unknown: ${away.get(name)}`))];
    const own = (wanted: FleetFinding['verdict']) => verdicts.flatMap(({ topicId, verdict }) => (verdict === wanted ? [topicId] : []));
    return [
      ...head,
      ...shown.flatMap((wanted) => {
        const ids = own(wanted);
        return ids.length === 0 ? [] : [`  ${verdictWords[wanted]}: ${counted.includes(wanted) ? ids.length : ids.join(', ')}`];
      }),
    ];
  });
  const why = new Map<string, string[]>();
  for (const { name, looked, findings } of hosts)
    for (const { topicId, verdict, because, next } of looked ? findings : [])
      if (verdict === 'affected' || verdict === 'unknown') {
        const words = `${topicId}: ${verdictWords[verdict]}. ${because}${verdict === 'affected' ? ` ${next}` : ''}`.trimEnd();
        why.set(words, [...(why.get(words) ?? []), name]);
      }
  const reasons = [...why].map(([words, names]) => `  ${words} (${names.join(', ')})`);
  return [...parts.slice(1), ...(reasons.length > 0 ? ['', 'Why', ...reasons] : []), '', `All of it: wrenchbook fleet findings ${runId} --json`];
}
