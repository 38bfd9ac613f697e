/** A step that starts, stops, restarts, reloads, enables or disables a service, and knows what it was before. Data only. */
import type { Matcher } from '../matcher.ts';
import { fact, type Script, sh } from '../script.ts';
import type { CommandStep, SavedFact } from '../step.ts';
import { type LogSince, nothingLogged } from './log-since.ts';
import { type Service, serviceCommands } from './service-manager.ts';
import type { StepWords } from './step-words.ts';

interface ServiceStep extends StepWords {
  service: Service;
  /** What becomes of it now. Missing: nothing. */
  now?: 'start' | 'restart' | 'reload' | 'stop';
  /** Whether it starts at boot. Missing: as before. Not with launchd. */
  atBoot?: boolean;
  /** What it has to do then, where that is served: an answer of it, a line that it logs (`untilItAnswers`, `LogSince`). */
  serves?: { script: Script; matchers: readonly Matcher[] };
  /** Its log: lines from this step on are shown with the proof, where `matchers` judge them. */
  log?: LogSince & { matchers?: readonly Matcher[] };
  /** What to do where it does not come up. */
  next: string;
  remedies?: readonly string[];
}

/**
 * Proved by the manager's word and by `serves`; after a restart the service has to have been started anew. Undo: it runs and starts at boot
 * again as it did before the step, and no other way. If it ran before and runs now, it is left alone.
 */
export function serviceStep({ service, now, atBoot, serves, log = nothingLogged, next, remedies = [], ...words }: ServiceStep): CommandStep {
  const commands = serviceCommands(service);
  const { name, look } = commands;
  const boots = atBoot === undefined ? null : atBoot ? commands.enable : commands.disable;
  if (atBoot !== undefined && !boots) throw new TypeError(`${name}: whether a launchd job starts at boot is in its property list; edit that`);
  const seen = serves !== undefined || (log.matchers?.length ?? 0) > 0;
  if (!seen && (now === 'reload' || (now === 'restart' && 'sysv' in service && service.pidFile === undefined)))
    throw new TypeError(`${name}: nothing would show that it was ${now}ed; say in "serves" or "log" what does`);
  const ids = { runs: `${words.id}-ran`, since: `${words.id}-since`, atBoot: `${words.id}-at-boot` };
  const wants = now === 'stop' ? 'no' : 'yes';
  const saves: SavedFact[] = [
    ...(now ? [{ id: ids.runs, title: `${name} running`, pattern: /^runs=(yes|no)$/ }] : []),
    ...(now === 'restart' ? [{ id: ids.since, title: `Last start of ${name}`, pattern: /^since=(\S+)$/ }] : []),
    ...(boots ? [{ id: ids.atBoot, title: `${name} at boot`, pattern: /^atboot=(\S+)$/ }] : []),
    ...log.saves,
  ].map((saved) => ({ ...saved, title: saved.title.replace(/['‹›]/g, '') }));
  const undoNow = now
    ? sh`wb_look() { ${look}
}
case ${fact(ids.runs)} in
yes) wb_look | grep '^runs=yes$' || { ${commands.start} && sleep 2; } ;;
*) wb_look | grep '^runs=no$' || { ${commands.stop}; } ;;
esac`
    : null;
  const undoBoot =
    boots && commands.enable && commands.disable ? sh`case ${fact(ids.atBoot)} in enabled) ${commands.enable} ;; disabled) ${commands.disable} ;; esac` : null;
  const missing: Matcher = {
    kind: 'failure',
    id: 'service-missing',
    pattern: /^service=missing$/,
    alone: true,
    means: `There is no service ${name} here.`,
    next: 'Check its name, and start a new run with the right one.',
  };
  return {
    ...words,
    kind: 'command',
    danger: 'changes',
    needsRoot: true,
    before: { script: sh`${look}\n${log.mark}`, saves, matchers: [missing] },
    script: joined([boots, now && commands[now], now && settled(look, wants)]),
    matchers: [startFailed, seeStatus, linkMade, linkGone, noUnit],
    verify: {
      script: joined([
        now === 'restart'
          ? sh`wb_look() { ${look}
}
wb_look
${restarted(ids.since)}`
          : look,
        serves?.script,
        log.show,
      ]),
      matchers: [
        ...(now
          ? [
              {
                kind: 'expected' as const,
                id: 'runs',
                pattern: wants === 'yes' ? /^runs=yes$/ : /^runs=no$/,
                means: wants === 'yes' ? `${name} runs.` : `${name} is stopped.`,
                missing: wants === 'yes' ? `${name} does not run.` : `${name} still runs.`,
                next,
                remedies,
              },
            ]
          : []),
        ...(now === 'restart'
          ? [
              {
                kind: 'failure' as const,
                id: 'not-restarted',
                pattern: /^restarted=no$/,
                unless: /^runs=no$/,
                means: `${name} runs, but it was not restarted.`,
                next,
                remedies,
              },
            ]
          : []),
        ...(boots
          ? [
              {
                kind: 'expected' as const,
                id: 'at-boot',
                pattern: atBoot ? /^atboot=enabled/ : /^atboot=(?:disabled|masked)/,
                means: atBoot ? `${name} starts at boot.` : `${name} does not start at boot.`,
                missing: atBoot ? `${name} would not start at boot.` : `${name} would still start at boot.`,
                next: `Check what "atboot=" says above: a unit that is static, generated or masked cannot be ${atBoot ? 'enabled' : 'disabled'}.`,
              },
            ]
          : []),
        ...(log.saves.length > 0 ? [systemdNotes, log.unread] : []),
        ...(serves?.matchers ?? []),
        ...(log.matchers ?? []),
      ],
    },
    undo: joined([undoBoot, undoNow]),
    undone: {
      script: look,
      matchers: [
        ...(now ? [was(ids.runs, 'runs', `${name} is as it was before: it runs, or it does not.`, `${name} does not run as it did before.`)] : []),
        ...(boots ? [was(ids.atBoot, 'atboot', `${name} starts at boot as before.`, `Whether ${name} starts at boot is not as before.`)] : []),
      ],
    },
  };
}

const joined = (scripts: readonly (Script | null | undefined)[]): Script =>
  scripts.filter((script) => script != null).reduce((all, script) => sh`${all}\n${script}`);

/** Ten seconds, for managers that are not waited for; and two more, as a program that ends at once is taken for one that runs until then. */
const settled = (look: Script, wants: 'yes' | 'no') => sh`wb_look() { ${look}
}
tries=0
until wb_look | grep ${`^runs=${wants}$`} || [ $tries -ge 10 ]; do sleep 1; tries=$((tries + 1)); done
[ $tries -ge 10 ] || sleep 2`;

const restarted = (since: string) => sh`wb_since=$(wb_look | sed -n 's/^since=//p')
case ${fact(since)} in
"$wb_since") [ "$wb_since" = unknown ] || echo restarted=no ;;
*) echo restarted=yes ;;
esac`;

const was = (id: string, name: string, means: string, differs: string): Matcher => ({
  kind: 'equal',
  id: `${name}-back`,
  pattern: new RegExp(`^${name}=(.*)$`),
  to: { fact: id },
  means,
  differs,
  next: 'Look at the service yourself, and set it by hand.',
});

const startFailed: Matcher = {
  kind: 'harmless',
  id: 'job-failed',
  pattern: /^Job for \S+ failed\b/,
  text: 'Job for … failed',
  means: 'The service ended with an error. The check says whether it runs now.',
};
const seeStatus: Matcher = {
  kind: 'harmless',
  id: 'see',
  pattern: /^See "systemctl status/,
  text: 'See "systemctl status …"',
  means: 'Where systemd keeps what the program said.',
};
const linkMade: Matcher = {
  kind: 'harmless',
  id: 'link-made',
  pattern: /^Created symlink /,
  text: 'Created symlink …',
  means: 'It is started at boot by this link.',
};
const linkGone: Matcher = {
  kind: 'harmless',
  id: 'link-gone',
  pattern: /^Removed "?\/\S+/,
  text: 'Removed …',
  means: 'It is no longer started at boot by this link.',
};
const systemdNotes: Matcher = {
  kind: 'harmless',
  id: 'systemd-notes',
  pattern: /^\S+: (?:Main process exited|Control process exited|Failed with result|Scheduled restart job|Consumed )/,
  text: 'Main process exited',
  means: 'systemd notes how the service ended. The check says whether it runs now.',
};
const noUnit: Matcher = {
  kind: 'harmless',
  id: 'no-unit',
  pattern: /^Failed to (?:enable|disable) unit[:,]/,
  text: 'Failed to enable unit',
  means: 'update-rc.d tells systemd as well where its programs are installed. The check says whether it starts at boot.',
};
