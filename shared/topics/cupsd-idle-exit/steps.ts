/** Look at the job, change its property list, load it again, and see that another computer wakes cupsd. */
import { file, type Matcher, type Remedy, type Step, sh, type TopicContext } from '../../topic-kit/index.ts';
import { withOpenListener, withoutPressuredExit } from './job-plist.ts';
import { label, type Parameters, plist } from './parameters.ts';
import { exits, jobFile, listening, system } from './reading.ts';

const folder = '/var/db/wrenchbook';
const kept = `${folder}/org.cups.cupsd.plist`;
const reload = sh`launchctl unload ${file(plist)}
launchctl load ${file(plist)}`;
const loadSays: Matcher[] = [
  {
    kind: 'failure',
    id: 'not-loaded',
    pattern: /^launchctl: |: Invalid property list|Bootstrap failed|service already loaded|Dubious ownership/i,
    means: 'launchd did not load the job. launchctl ends with status 0 even then.',
    next: 'Check owner and mode of the file (root:wheel, 0644) and "plutil -lint".',
  },
];

export function steps(values: Parameters, { machines = [] }: Partial<TopicContext>): Step[] {
  const protectedSystem = values.system === '10.11';
  return [
    look(values),
    ...(protectedSystem ? [sipOff] : []),
    asXml,
    change(values),
    idleExit,
    machines.includes('other') ? ask(values) : byHand(values),
    ...(protectedSystem ? [sipOn] : []),
  ];
}

const look = ({ way, system: chosen }: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  on: 'mac',
  title: 'Look at the Mac and the job',
  intro: 'Shows the version, how often memory pressure has ended cupsd, and where launchd listens for it.',
  danger: 'reads',
  needsRoot: true,
  script: sh`${system}
${exits}
${jobFile}
${listening}`,
  saves: [{ id: 'sum', title: 'File before', pattern: /^sum=(.*)$/ }],
  matchers: [
    {
      kind: 'failure',
      id: 'not-needed',
      pattern: /^version=(?:10\.(?:1[2-9])|1[1-9]|2\d)/,
      alone: true,
      means: 'From 10.12 on, memory pressure does not end cupsd: Apple has repaired it.',
      next: 'Nothing has to be done. If sharing stops, it is another problem.',
    },
    {
      kind: 'failure',
      id: 'other-version',
      pattern: chosen === '10.11' ? /^version=10\.(?:9|10)(?:\.|$)/ : /^version=10\.11(?:\.|$)/,
      means: 'This is not the version that was chosen in the form.',
      next: 'Start a new run with the right one.',
    },
    {
      kind: 'failure',
      id: 'no-job',
      pattern: /^format=none$/,
      means: 'The property list of the job is not there.',
      next: 'Copy it from another Mac of the same version.',
    },
    ...(way === 'pressure'
      ? [
          {
            kind: 'failure' as const,
            id: 'no-key',
            pattern: /^pressured=none$/,
            unless: /^format=none$/,
            means: 'The job has no EnablePressuredExit.',
            next: 'Start a new run with the other way.',
          },
        ]
      : []),
    {
      kind: 'failure',
      id: 'already',
      pattern: way === 'pressure' ? /^pressured=false$/ : /^open=[1-9]/,
      means: 'The job has this change already.',
      next: 'Nothing has to be done. If sharing still stops, it is another problem.',
    },
    {
      kind: 'warning',
      id: 'no-exits',
      pattern: /^exits=(?:0|unread)$/,
      means: 'The logs that are there have no line "idle exiting pid … [cupsd]". Older ones may be gone.',
      next: 'Continue only if shared printers vanish for other computers and come back with the next local job.',
    },
    {
      kind: 'expected',
      id: 'version',
      pattern: /^version=10\.(?:9|10|11)(?:\.|$)/,
      means: 'This version is affected.',
      missing: 'This is not OS X 10.9 to 10.11.',
      next: 'This procedure is not for it.',
    },
  ],
});

const sipOff: Step = {
  kind: 'manual',
  id: 'sip-off',
  on: 'mac',
  title: 'Switch System Integrity Protection off',
  intro: 'With it, not even root can write the file. It is switched on again in the last step: never leave it off.',
  danger: 'changes',
  minutes: 10,
  instructions: [
    'Restart the Mac and hold Cmd-R until the Apple sign appears.',
    'Open Utilities, Terminal, type "csrutil disable", and restart.',
    'Shared printers are away meanwhile. Then continue here.',
  ],
  lab: sh`lab-mac-hand sip-off`,
  verify: {
    script: system,
    matchers: [
      {
        kind: 'expected',
        id: 'off',
        pattern: /^sip=disabled$/,
        means: 'System Integrity Protection is off.',
        missing: 'System Integrity Protection is still on.',
        next: 'Do it in the Recovery system: in the running system csrutil only shows the status.',
      },
    ],
  },
  irreversible: 'You switch it on again yourself, in the Recovery system: "csrutil enable".',
};
const sipOn: Step = {
  kind: 'manual',
  id: 'sip-on',
  on: 'mac',
  title: 'Switch System Integrity Protection on again',
  intro: 'The file stays as it is now.',
  danger: 'changes',
  minutes: 10,
  instructions: ['Restart the Mac and hold Cmd-R until the Apple sign appears.', 'Open Utilities, Terminal, type "csrutil enable", and restart.'],
  lab: sh`lab-mac-hand sip-on`,
  verify: {
    script: system,
    matchers: [
      {
        kind: 'expected',
        id: 'on',
        pattern: /^sip=enabled$/,
        means: 'System Integrity Protection is on.',
        missing: 'System Integrity Protection is still off.',
        next: 'Do not leave it off: type "csrutil enable" in the Recovery system.',
      },
    ],
  },
  irreversible: 'To undo the change of the file, it has to be off again.',
};

const asXml: Step = {
  kind: 'command',
  id: 'as-xml',
  on: 'mac',
  title: 'Make the property list readable',
  intro: 'A binary one is converted to XML; launchd reads both. One in XML stays as it is. The file as it was is kept.',
  danger: 'changes',
  needsRoot: true,
  script: sh`mkdir -p -m 700 ${file(folder)} && cp -p ${file(plist)} ${file(kept)} || exit
case $(head -c 6 ${file(plist)}) in bplist) plutil -convert xml1 ${file(plist)} ;; esac`,
  matchers: [
    {
      kind: 'failure',
      id: 'read-only',
      pattern: /Operation not permitted|Read-only file system/,
      means: 'The file can’t be written: System Integrity Protection is on.',
      next: 'Switch it off in the Recovery system, and run the step again.',
      remedies: ['sip'],
    },
  ],
  verify: {
    script: jobFile,
    matchers: [{ kind: 'expected', id: 'xml', pattern: /^format=xml$/, means: 'It is in XML.', missing: 'It is not in XML.' }],
  },
  undo: sh`if [ -e ${file(kept)} ]; then cp -p ${file(kept)} ${file(plist)} && rm ${file(kept)} && { rmdir ${file(folder)} 2>/dev/null || :; }; fi`,
  undone: {
    script: jobFile,
    matchers: [
      {
        kind: 'equal',
        id: 'as-before',
        pattern: /^sum=(.*)$/,
        to: { fact: 'sum' },
        means: 'The file is as it was, byte for byte.',
        differs: 'The file is not as it was.',
        next: 'Look at it with "plutil -p".',
      },
    ],
  },
};

const change = ({ way }: Parameters): Step => ({
  kind: 'edit',
  id: 'change',
  on: 'mac',
  title: way === 'pressure' ? 'Keep cupsd under memory pressure' : 'Let other computers wake cupsd',
  intro:
    way === 'pressure'
      ? 'Sets EnablePressuredExit to false, and loads the job again. Do it while nothing is printed: a job that is being printed starts again.'
      : 'launchd listens on port 631 of all addresses, also if nothing is shared. The rules of cupsd.conf still decide who may print. Do it while nothing is printed.',
  danger: 'changes',
  needsRoot: true,
  file: plist,
  edit: (old) => (way === 'pressure' ? withoutPressuredExit(old) : withOpenListener(old)),
  afterwards: { script: reload, matchers: loadSays },
  verify: {
    orPutBack: true,
    script: sh`plutil -lint ${file(plist)}
${jobFile}
${listening}`,
    matchers: [
      { kind: 'expected', id: 'lint', pattern: /: OK$/, means: 'It is a good property list.', missing: 'It is not a good property list.' },
      {
        kind: 'expected',
        id: 'loaded',
        pattern: /^job=loaded$/,
        means: 'launchd has loaded the job.',
        missing: 'launchd has not loaded the job.',
        next: 'Load it by hand: "launchctl load FILE".',
      },
      way === 'pressure'
        ? {
            kind: 'expected',
            id: 'changed',
            pattern: /^pressured=false$/,
            means: 'Memory pressure no longer ends cupsd.',
            missing: 'EnablePressuredExit is not false.',
          }
        : {
            kind: 'expected',
            id: 'changed',
            pattern: /^port=\*\.631$/,
            means: 'launchd listens on all addresses.',
            missing: 'launchd does not listen on all addresses.',
            next: 'Read /var/log/system.log: two listeners may have asked for the same port.',
          },
    ],
  },
  undone: {
    matchers: [
      { kind: 'expected', id: 'loaded', pattern: /^job=loaded$/, means: 'launchd has loaded the job.', missing: 'launchd has not loaded the job.' },
      way === 'pressure'
        ? {
            kind: 'expected',
            id: 'back',
            pattern: /^pressured=true$/,
            means: 'Memory pressure ends cupsd again.',
            missing: 'EnablePressuredExit is not as before.',
          }
        : {
            kind: 'absent',
            id: 'back',
            pattern: /^port=\*\.631$/,
            looked: /^format=/,
            means: 'launchd no longer listens on all addresses.',
            found: 'launchd still listens on all addresses.',
            missing: 'It could not be looked at.',
          },
    ],
  },
});

const idleExit: Step = {
  kind: 'command',
  id: 'idle-exit',
  on: 'mac',
  title: 'End cupsd as memory pressure does',
  intro: 'launchctl stop ends it; jobs that wait stay in their folder. launchd starts it again when somebody connects to one of its sockets.',
  danger: 'changes',
  needsRoot: true,
  script: sh`launchctl stop ${label}
sleep 2
if pgrep -x cupsd >/dev/null 2>&1; then echo cupsd=runs; else echo cupsd=ended; fi`,
  matchers: [
    {
      kind: 'warning',
      id: 'runs',
      pattern: /^cupsd=runs$/,
      means: 'cupsd runs again already: somebody has connected, or the job is kept alive.',
      next: 'Then the next step does not prove that another computer has woken it.',
    },
    { kind: 'harmless', id: 'ended', pattern: /^cupsd=ended$/, text: 'cupsd=ended', means: 'It is ended, as after memory pressure.' },
    { kind: 'expected', id: 'seen', pattern: /^cupsd=/, means: 'It was ended.', missing: 'It could not be ended.' },
  ],
  irreversible: 'launchd starts it again when it is needed: nothing is lost.',
};

const ask = ({ host, way }: Parameters): Step => ({
  kind: 'command',
  id: 'ask',
  on: 'other',
  title: 'Connect from the other computer',
  intro: 'Asks the Mac’s CUPS for its page, as a computer that wants to print does. Any answer of HTTP counts, also that it is not allowed.',
  danger: 'reads',
  script: sh`curl -s -o /dev/null -m 15 -w 'answer: %{http_code}\\n' ${`http://${host}:631/`} || true`,
  matchers:
    way === 'listen'
      ? [
          {
            kind: 'expected',
            id: 'answers',
            pattern: /^answer: [1-5]\d\d$/,
            means: 'The other computer has woken cupsd.',
            missing: 'The other computer gets no answer.',
            next: 'Check the Mac’s firewall, and that printer sharing is on. Undo the run if it stays so.',
            remedies: ['firewall'],
          },
        ]
      : [
          {
            kind: 'warning',
            id: 'no-answer',
            pattern: /^answer: 000$/,
            means:
              'After an end like this one, the other computer can’t wake cupsd. With this way it is not ended by memory pressure any more, so that is not needed.',
            next: 'Start it now: "sudo launchctl start org.cups.cupsd".',
          },
          {
            kind: 'expected',
            id: 'asked',
            pattern: /^answer: \d{3}$/,
            means: 'The Mac was asked.',
            missing: 'The Mac was not asked.',
            next: 'Check that curl is there.',
          },
        ],
});

const byHand = ({ host, way }: Parameters): Step => ({
  kind: 'manual',
  id: 'ask',
  on: 'mac',
  title: 'Print from another computer',
  intro: 'No other computer was part of this run, so you try it there yourself.',
  danger: 'reads',
  instructions:
    way === 'listen'
      ? [`On another computer, run "nc -vz ${host} 631", or print. It has to answer within seconds.`]
      : [
          'Start cupsd again: "sudo launchctl start org.cups.cupsd".',
          'Then print from another computer. That memory pressure does not end cupsd any more is seen in the next days only.',
        ],
  lab: sh`:`,
});

export const remedies: readonly Remedy[] = [
  {
    id: 'sip',
    title: 'Switch System Integrity Protection off',
    explanation: 'In the Recovery system (Cmd-R at start): Utilities, Terminal, "csrutil disable", restart. Then the step is run again.',
    danger: 'changes',
    on: 'mac',
    lab: sh`lab-mac-hand sip-off`,
    afterwards: 'retry',
  },
  {
    id: 'firewall',
    title: 'Let the Mac’s firewall pass cupsd',
    explanation: 'System Preferences, Security, Firewall, Options: do not block all incoming connections. Then it is asked again.',
    danger: 'changes',
    on: 'mac',
    lab: sh`lab-mac-hand firewall`,
    afterwards: 'retry',
  },
];
