/** Steps that set, start and look at a unit of systemd. Data only. */
import { setSectionKeys } from '../editors/set-section-keys.ts';
import { escapeRegExp } from '../editors/text-lines.ts';
import type { Matcher } from '../matcher.ts';
import { type Script, sh } from '../script.ts';
import type { CommandStep, EditStep } from '../step.ts';

/** `Name=value` lines. */
export const showUnit = (unit: string, properties: readonly string[]): Script => sh`systemctl show -p ${properties.join(',')} ${unit}`;

/** That a unit has failed is an answer of `showUnit`, and no error of the command. */
export const failedUnit: Matcher = {
  kind: 'harmless',
  id: 'unit-failed',
  pattern: /^(?:ActiveState|SubState)=failed$/,
  text: 'ActiveState=failed',
  means: 'The unit’s last start failed.',
};

interface StepWords {
  id: string;
  title: string;
  intro: string;
  runsOn: string;
}
interface DropIn extends StepWords {
  unit: string;
  /** The file is `NAME.conf`. */
  name: string;
  /** Of its section `[Service]`. */
  settings: Readonly<Record<string, string>>;
  /** What `showUnit` then says of them, by property; `was`: the saved fact that says what it was before. */
  shows: Readonly<Record<string, { value: string; was: string }>>;
}

/** A drop-in that systemd reads at once. Proved by what systemd says of the unit; undone when it says what it said before. */
export const dropInStep = ({ unit, name, settings, shows, ...words }: DropIn): EditStep => ({
  ...words,
  kind: 'edit',
  danger: 'changes',
  needsRoot: true,
  file: `/etc/systemd/system/${unit}.d/${name}.conf`,
  create: { mode: '0644', folder: true },
  edit: (old) => setSectionKeys(old, 'Service', settings, { separator: '=' }),
  afterwards: { script: sh`systemctl daemon-reload` },
  verify: {
    script: showUnit(unit, Object.keys(shows)),
    matchers: Object.entries(shows).map(([property, { value }]) => ({
      kind: 'expected',
      id: property,
      pattern: new RegExp(`^${property}=${escapeRegExp(value)}$`),
      means: `systemd uses ${property}=${value}.`,
      missing: `systemd does not use ${property}=${value}.`,
      next: `Check "systemctl cat ${unit}" for another drop-in that sets it later.`,
    })),
  },
  undone: {
    matchers: Object.entries(shows).map(([property, { was }]) => ({
      kind: 'equal',
      id: property,
      pattern: new RegExp(`^${property}=(.*)$`),
      to: { fact: was },
      means: `systemd uses the ${property} that was set before.`,
      differs: `systemd does not use the ${property} that was set before.`,
      next: `Check "systemctl cat ${unit}".`,
    })),
  },
});

interface Start extends StepWords {
  unit: string;
  /** So long systemd may take for it, with retries. */
  within: number;
  /** What keeps it from coming up, and which remedies there are. */
  next: string;
  remedies: readonly string[];
}

/** Starts a unit and waits until it is up, also over retries. One that runs stays as it is. */
export const startUnit = ({ unit, within, next, remedies, ...words }: Start): CommandStep => ({
  ...words,
  kind: 'command',
  danger: 'changes',
  needsRoot: true,
  script: sh`systemctl start ${unit}
n=0
until systemctl is-active -q ${unit} || [ $n -ge ${within} ]; do sleep 1; n=$((n+1)); done`,
  matchers: [
    { kind: 'harmless', id: 'retried', pattern: /^Job for \S+ failed\b/, text: 'Job for … failed', means: 'This start failed. systemd tries again.' },
    { kind: 'harmless', id: 'see', pattern: /^See "systemctl status/, text: 'See "systemctl status …"', means: 'Where systemd keeps what the program said.' },
  ],
  verify: {
    script: showUnit(unit, ['ActiveState', 'NRestarts']),
    looksOnlyAt: 'whether the unit runs',
    matchers: [
      { ...failedUnit, means: 'The start failed.' },
      {
        kind: 'expected',
        id: 'active',
        pattern: /^ActiveState=active$/,
        means: 'It runs.',
        missing: `It did not start within ${within} seconds.`,
        next,
        remedies,
      },
    ],
  },
  irreversible: `It keeps running. "systemctl stop ${unit}" stops it.`,
});
