/** Look, have Windows told, wrap the device model, free what hangs, and start each domain with the wrapper. */
import { file, inOrder, oneOf, type Step, sh } from '../../topic-kit/index.ts';
import { deviceModelKey, editConfig } from './config.ts';
import { type Domain, stepPart } from './domains.ts';
import { backends, domainsOf, expectDomain, showDomains, unasked } from './looks.ts';
import { type Parameters, wrapperOf } from './parameters.ts';
import { registryCard } from './registry-card.ts';
import { putWrapper } from './wrapper.ts';

const server = 'Xen server (dom0)';

export const steps = (values: Parameters): Step[] => {
  const domains = domainsOf(values);
  return [
    look(values, domains),
    inWindows(domains),
    wrap(values, domains),
    ...domains.map((domain) => configure(values, domain)),
    free(values, domains),
    ...domains.map((domain) => restart(values, domain)),
    check(values, domains),
  ];
};

const look = (values: Parameters, domains: readonly Domain[]): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Check the domains',
  intro:
    'Shows each domain’s id, whether xenstore has a console and a framebuffer for it, how often its device model’s log shows the hang, and its configuration.',
  danger: 'reads',
  runsOn: server,
  needsRoot: true,
  script: sh`${values.toolstack} list
ls -l ${file(values.deviceModel)}
${showDomains(values)}`,
  matchers: [
    {
      kind: 'failure',
      id: 'no-toolstack',
      pattern: oneOf(
        /Unable to connect to xend|xend is running, which prevents xl|command not found|xc_interface|Is xenstore daemon running|cannot init xl context/i,
        inOrder(/libxl/i, /cannot open/i),
      ),
      means: 'The toolstack does not answer.',
      next: 'Check whether this is the Xen server, and whether it runs: "xl info", or with xm "xend status". With the other toolstack, start a new run.',
    },
    {
      kind: 'failure',
      id: 'no-device-model',
      pattern: /^ls: .*(No such file|cannot access)/,
      means: `There is no ${values.deviceModel}.`,
      next: 'Find it: it is below /usr/lib/xen*/bin or /usr/lib64/xen/bin. Then start a new run with its path.',
    },
    unasked,
    ...domains.map((domain) =>
      expectDomain(
        domain,
        'config',
        '.* config=(plain|wrapped)$',
        `${domain.config} is there.`,
        `${domain.config} is not there, or can’t be read.`,
        'Find out what the domain was started from, and start a new run with that path behind its name.',
      ),
    ),
  ],
});

const inWindows = (domains: readonly Domain[]): Step => ({
  kind: 'manual',
  id: 'in-windows',
  title: 'Make the drivers start on this Xen',
  intro: 'Without this value Citrix’s drivers look for XenServer’s name in xenstore and do not start. Nothing on this server is changed by it.',
  danger: 'reads',
  runsOn: `Windows in ${domains.map(({ name }) => name).join(', ')}`,
  instructions: [
    'Save the card as a .reg file in each Windows, open it there, and agree. If Windows already hangs, this was done: continue.',
    'To undo it, delete the value SetFlags there.',
  ],
  cards: [registryCard],
});

const free = (values: Parameters, domains: readonly Domain[]): Step => ({
  kind: 'command',
  id: 'free',
  title: 'Free what hangs now',
  act: 'Remove the nodes',
  intro:
    'Takes console and framebuffer of the running domains out of xenstore, so that a Windows that hangs at boot continues, and can be shut down. It lasts until the domain’s next start.',
  danger: 'changes',
  runsOn: server,
  needsRoot: true,
  script: sh`for domain in ${domains.map(({ name }) => name)}; do
  id=$(${values.toolstack} domid "$domain" 2>&1) || case $id in
  *'does not exist'*|*'invalid domain identifier'*) echo "$domain does not run"; continue ;;
  *) echo "$domain id=unknown $id"; continue ;;
  esac
  for kind in ${[...backends]}; do
    node=/local/domain/0/backend/$kind/$id
    if xenstore-exists "$node"; then xenstore-rm "$node"; fi
  done
  echo "$domain is domain $id"
done`,
  matchers: [
    unasked,
    {
      kind: 'failure',
      id: 'not-removed',
      pattern: /could not remove path/,
      means: 'A node could not be removed.',
      next: 'Check with "xenstore-ls /local/domain/0/backend" what is there, and that xenstored runs.',
    },
  ],
  verify: {
    script: showDomains(values),
    matchers: [
      unasked,
      ...domains.map((domain) =>
        expectDomain(
          domain,
          'freed',
          '(?:none|\\d+) console=no vfb=no',
          `${domain.name} has neither node.`,
          `${domain.name} still has one of them, or has it again.`,
          'Run the step again.',
        ),
      ),
    ],
  },
  irreversible: 'the nodes come back with the domain’s next start. Until then "xm console" and VNC by the framebuffer do not reach it.',
});

const wrap = ({ deviceModel, delay }: Parameters, domains: readonly Domain[]): Step => {
  const wrapper = wrapperOf({ deviceModel });
  return {
    kind: 'edit',
    id: 'wrap',
    title: 'Put the wrapper beside the device model',
    intro:
      'A small program that takes both nodes out and becomes the device model then. No domain uses it before its configuration says so. It names the domains it is for: if another run has added one, undoing this run leaves the wrapper for it.',
    danger: 'changes',
    runsOn: server,
    needsRoot: true,
    file: wrapper,
    create: { mode: '0755' },
    edit: (old) => putWrapper(old, deviceModel, delay, domains),
    verify: {
      looksOnlyAt: 'whether the toolstack could start it; the undo is the file’s own',
      script: sh`sh -n ${file(wrapper)} && ls -l ${file(wrapper)}`,
      matchers: [
        {
          kind: 'expected',
          id: 'executable',
          pattern: /^-rwxr.xr.x/,
          means: 'A shell can read it, and the toolstack can run it.',
          missing: 'The toolstack can’t run it.',
          next: 'Make it executable (chmod 755), and run the step again.',
        },
      ],
    },
  };
};

const configure = ({ toolstack, deviceModel }: Parameters, { name, config }: Domain): Step => {
  const wrapper = wrapperOf({ deviceModel });
  return {
    kind: 'edit',
    id: `config-${stepPart(name)}`,
    title: `Start ${name} with it`,
    intro: `Sets ${deviceModelKey(toolstack)} in the domain’s configuration. It takes effect at the domain’s next start.`,
    danger: 'changes',
    runsOn: server,
    needsRoot: true,
    file: config,
    followLinks: true,
    edit: (old) => editConfig(old, { toolstack, deviceModel, wrapper }),
  };
};

const restart = (values: Parameters, domain: Domain): Step => ({
  kind: 'command',
  id: `restart-${stepPart(domain.name)}`,
  title: `Restart ${domain.name}`,
  act: `Restart ${domain.name}`,
  intro: 'Shuts Windows down, waits for five minutes at most, and starts the domain with its configuration. Anyone working in it is interrupted.',
  danger: 'changes',
  runsOn: server,
  needsRoot: true,
  long: true,
  minutes: 5,
  script: sh`ended=0
if ${values.toolstack} domid ${domain.name} >/dev/null 2>&1; then timeout 300 ${values.toolstack} shutdown -w ${domain.name} || ended=$?; fi
if ! ${values.toolstack} domid ${domain.name} >/dev/null 2>&1; then ${values.toolstack} create ${file(domain.config)}
elif [ $ended = 124 ]; then echo "still running"
else echo "was not shut down"; fi`,
  matchers: [
    {
      kind: 'failure',
      id: 'still-running',
      pattern: /^still running$/,
      means: 'Windows did not shut down in five minutes.',
      next: 'Shut it down by hand (VNC, remote desktop), and run the step again. A Windows that hangs at its start can only be cut off.',
      remedies: ['cut-off'],
    },
    {
      kind: 'failure',
      id: 'not-shut-down',
      pattern: /^was not shut down$/,
      means: 'The toolstack did not shut it down, and says above why. Windows may never have been asked.',
      next: 'Shut Windows down from within (VNC, remote desktop), or by its power button where xl says that the PV control interface is missing (xl shutdown -F). Then run the step again.',
    },
    {
      kind: 'failure',
      id: 'not-started',
      pattern: /^(Error|libxl: error|xl: ).*/,
      means: 'The domain was not started.',
      next: 'Read the line above. If it is about the device model, undo the change of its configuration.',
    },
  ],
  verify: {
    script: showDomains(values, [domain]),
    matchers: [
      expectDomain(
        domain,
        'runs',
        '\\d+ .* config=wrapped$',
        `${domain.name} runs, started with the wrapper.`,
        `${domain.name} does not run.`,
        'Check /var/log/xen for the reason, then run the step again.',
      ),
    ],
  },
  irreversible: 'a start can’t be undone; the domain runs with the wrapper until it is started without it.',
});

const check = (values: Parameters, domains: readonly Domain[]): Step => ({
  kind: 'command',
  id: 'check',
  title: 'Check that they stay free',
  intro: 'Waits for the wrapper’s second removal, then checks the nodes and the logs for new hangs.',
  danger: 'reads',
  runsOn: server,
  needsRoot: true,
  script: sh`sleep ${values.delay + 5}
${showDomains(values)}`,
  matchers: domains.map((domain) =>
    expectDomain(
      domain,
      'free',
      '\\d+ console=no vfb=no hangs=0 config=wrapped$',
      `${domain.name} runs without either node, and its log shows no hang.`,
      `${domain.name} does not run, has one of the nodes again, or its log shows the hang.`,
      'The toolstack may be later than the wrapper: take the nodes out again, and start a new run with more seconds.',
      ['take-out-again'],
    ),
  ),
});
