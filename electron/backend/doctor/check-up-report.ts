/** A check-up as a report: the same parts in every form it is exported in. Pure. */
import { type CheckUp, type CheckUpComparison, type ComparedFinding, doctorGroups, driftGroups, type IdentifiedFinding } from '../../../shared/api/doctor.ts';
import { factsText } from '../../../shared/api/facts-text.ts';

export interface Report {
  title: string;
  rows: readonly (readonly [string, string])[];
  sections: readonly { title: string; items: readonly ReportItem[] }[];
}
export interface ReportItem {
  title: string;
  lines: readonly string[];
}

export function checkUpReport(checkUp: CheckUp): Report {
  const { findings, ignored, drift, runs, since, facts, by } = checkUp;
  const isIgnored = ({ id }: IdentifiedFinding) => ignored.some((each) => each.id === id);
  const elsewhere = findings.filter(({ verdict }) => verdict === 'elsewhere').length;
  return {
    title: `Check-up of ${checkUp.name}`,
    rows: [
      ['Machine', checkUp.place.replace(/^\w+:/, '')],
      ...(facts ? ([['System', factsText(facts)]] as const) : []),
      ['Checked', `${checkUp.at}, in ${checkUp.seconds} s`],
      ['By', `${by.user} on ${by.host}, Wrenchbook ${by.wrenchbook}`],
      ['Looked at', `${checkUp.category ?? 'all categories'}, ${checkUp.deep ? 'also what only root can read' : 'only what this user can read'}`],
      ['Check-up', checkUp.id],
    ],
    sections: [
      ...(since ? sinceSections(since) : [{ title: 'Since the last check-up', items: [{ title: 'Not compared', lines: [checkUp.notCompared] }] }]),
      ...doctorGroups.flatMap(([verdict, title]) => {
        const own = findings.filter((finding) => finding.verdict === verdict && !isIgnored(finding));
        return own.length === 0 ? [] : [{ title: `${title}: ${own.length}`, items: own.map(verdict === 'affected' ? whole : short) }];
      }),
      ...(ignored.length === 0
        ? []
        : [
            {
              title: `Ignored here: ${ignored.length}`,
              items: ignored.map((each) => {
                const finding = findings.find(({ id }) => id === each.id);
                return {
                  title: `${each.title} [${each.id}]`,
                  lines: [`Because: ${each.because} (${each.by}, ${each.since})`, ...(finding ? [`Found: ${finding.because}`] : [])],
                };
              }),
            },
          ]),
      ...driftGroups.flatMap(([verdict, title]) => {
        const own = drift.filter((each) => each.verdict === verdict);
        return own.length === 0
          ? []
          : [
              {
                title: `${title}: ${own.length}`,
                items: own.map((each) => ({ title: each.title, lines: [`Run ${each.runId}, ended ${each.endedAt}`, each.because] })),
              },
            ];
      }),
      ...(runs.length === 0
        ? []
        : [
            {
              title: `Runs on this machine: ${runs.length}`,
              items: runs.map(({ topicTitle, runId, createdAt, says }) => ({ title: topicTitle, lines: [`Run ${runId}, started ${createdAt}`, says] })),
            },
          ]),
      ...(elsewhere === 0 ? [] : [{ title: `For other systems: ${elsewhere}`, items: [] }]),
    ],
  };
}

function sinceSections({ checkUpId, at, fresh, gone, unclear }: CheckUpComparison): Report['sections'] {
  const part = (title: string, own: readonly ComparedFinding[], said: string) =>
    own.length === 0
      ? []
      : [{ title: `${title} since ${at}: ${own.length}`, items: own.map((each) => ({ title: each.title, lines: [`${said}${each.because}`] })) }];
  const parts = [...part('New', fresh, ''), ...part('Gone', gone, 'Then: '), ...part('Could not be looked at again', unclear, 'Then: ')];
  return parts.length > 0
    ? parts
    : [{ title: `Since ${at}`, items: [{ title: 'Nothing is new and nothing is gone', lines: [`Compared with the check-up ${checkUpId}.`] }] }];
}

const whole = ({ id, title, because, next, findings, proposes }: IdentifiedFinding): ReportItem => ({
  title: `${title} [${id}]`,
  lines: [
    `${because} ${next}`.trim(),
    ...findings.map(({ label, value, means }) => `${label}: ${value || 'could not be read'}. ${means}`),
    ...proposes.map(({ field, value, because: why }) => `In the form: ${field}: ${value} (${why})`),
  ],
});
const short = ({ id, title, because }: IdentifiedFinding): ReportItem => ({ title: `${title} [${id}]`, lines: [because] });

export const reportText = ({ title, rows, sections }: Report): string =>
  [
    title,
    '',
    ...rows.map(([name, value]) => `${`${name}:`.padEnd(12)}${value}`),
    ...sections.flatMap((section) => [
      '',
      section.title,
      ...section.items.flatMap((item) => [`  ${item.title}`, ...item.lines.map((line) => `      ${line}`)]),
    ]),
    '',
  ].join('\n');
