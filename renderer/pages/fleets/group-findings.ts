/** What a check-up says of a group of hosts: of each of the group's procedures, the reasons, each with the hosts that it is said of. Pure. */
import type { FleetFinding, FleetFindings } from '../../../shared/api/fleet-doctor.ts';

export interface GroupReason {
  text: string;
  /** Empty: all of the group. */
  hosts: string[];
}
export interface GroupFinding {
  topicId: string;
  title: string;
  reasons: GroupReason[];
}

type Group = FleetFindings['groups'][number];
type Verdict = FleetFinding['verdict'];

/** Why nothing is known of any of them: no host of the group said what it is. Null where they were looked at. */
export function notLookedAt({ hosts }: FleetFindings, group: Group): GroupReason[] | null {
  const own = hosts.filter(({ name }) => group.hosts.includes(name));
  if (own.some(({ looked }) => looked)) return null;
  return reasonsOf(
    own.map(({ name, findings }) => ({ name, text: findings[0]?.because ?? 'The host was not looked at.' })),
    group.hosts.length,
  );
}

/** Its procedures with this verdict, in the order of the check-up. */
export function findingsWith({ topics, hosts }: FleetFindings, group: Group, wanted: Verdict): GroupFinding[] {
  const own = hosts.filter(({ name }) => group.hosts.includes(name));
  return group.verdicts.flatMap(({ topicId, verdict }) => {
    if (verdict !== wanted) return [];
    const said = own.flatMap(({ name, findings }) => {
      const finding = findings.find((each) => each.topicId === topicId);
      return finding ? [{ name, text: `${finding.because} ${finding.next}`.trim() }] : [];
    });
    return [{ topicId, title: topics.find(({ id }) => id === topicId)?.title ?? topicId, reasons: reasonsOf(said, group.hosts.length) }];
  });
}

function reasonsOf(said: readonly { name: string; text: string }[], all: number): GroupReason[] {
  const byText = new Map<string, string[]>();
  for (const { name, text } of said) byText.set(text, [...(byText.get(text) ?? []), name]);
  return [...byText].map(([text, hosts]) => ({ text, hosts: hosts.length === all ? [] : hosts }));
}
