/** Citrix's signed Windows drivers on a plain Xen: the hang at the start, and the wrapper that prevents it. */
import { defineTopic, inOrder, oneOf } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { remedies } from './remedies.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'xen-citrix-pv',
  version: 1,
  title: 'Windows with Citrix’s drivers hangs on Xen',
  summary: 'Lets Windows domains with Citrix’s paravirtual drivers start on a plain Xen 4.0 and later, by taking two nodes out of xenstore at every start.',
  category: 'Virtualisation & clones',
  platforms: ['Linux', 'Xen 4'],
  risk: { level: 'changes', text: 'Each domain is restarted once. A domain has no console of xm or xl any more, which Windows does not use.' },
  minutes: 17,
  fixes: [
    'A Windows domain with Citrix’s drivers that hangs at boot for ever.',
    'Drivers of Xen Cloud Platform 1.0 and similar that do not start on a Xen that is not XenServer.',
  ],
  needs: [
    'Root on the Xen server (dom0).',
    'An HVM domain with Windows and Citrix’s drivers, and its configuration file.',
    'A minute of downtime for each Windows.',
  ],
  cannotUndo: ['The starts of the domains.', 'What was taken out of xenstore comes back by itself at the next start.'],
  corrections: [
    'The source’s wrapper passes its arguments on with $*, which splits those with spaces; here they stay intact ("$@").',
    'The source takes the second argument for the domain’s id. Here it is the one after -d, or after -xen-domid with newer device models.',
    'The value for the registry was a link that is lost. It is SetFlags with bit 28 in the parameters of xenevtchn: taken from the drivers’ published source, not tried in a Windows.',
    'The source edits device_model, which xl took as obsolete in 4.2. With xl it is device_model_override.',
    'Signed GPLPV drivers came in October 2011, and the Xen project’s own signed Windows drivers later: a Windows with those needs none of this.',
  ],
  sources: [
    'Notes on Xen 4.0 and Citrix’s WHQL drivers for Windows, with the addition of October 2011',
    'xl.cfg(5), xenstore-rm(1)',
    'The published source of the drivers (flags, and the look for the product’s name)',
  ],
  search,
  symptoms: [
    {
      pattern: /XENUTIL: WARNING: CloseFrontend: timed out in XenbusWaitForBackendStateChange/i,
      text: 'XENUTIL: WARNING: CloseFrontend: timed out in XenbusWaitForBackendStateChange',
    },
    { pattern: /XenEnterprise product string is not present/i, text: 'XenEnterprise product string is not present' },
    {
      pattern: oneOf(inOrder(/windows/i, /spin|hang|stuck/i, /boot|start/i), inOrder(/boot|start/i, / /i, /windows/i, /spin|hang|stuck/i)),
      text: 'Windows hangs at boot for ever',
    },
    { pattern: inOrder(/device \d+ \(v(kbd|fb)\)/i, /could not be connected/i), text: 'Device 0 (vkbd) could not be connected' },
    {
      pattern: oneOf(inOrder(/0x(0000)?007b\b|0x7b\b/i, /xen|citrix|tools/i), inOrder(/xen|citrix|tools/i, /0x(0000)?007b\b|0x7b\b/i)),
      text: 'STOP 0x7B after the tools were installed',
    },
    { pattern: inOrder(/spinning (dots|circle|balls)/i, /never|ever|end|stop/i), text: 'the spinning dots never end' },
    { pattern: inOrder(/windows/i, /start/i, /hängen|haengen|hängt|haengt/i), text: 'Windows bleibt beim Starten hängen' },
    { pattern: oneOf(inOrder(/citrix/i, /pv|whql/i, /driver/i), inOrder(/xen/i, /citrix/i, /driver/i)), text: 'Citrix PV drivers on Xen' },
  ],
  alsoCalled: [
    'domU, HVM guest, virtual machine, paravirtual drivers, XenServer tools, PV drivers',
    'guest uses 100 % CPU and hangs at boot, xl, xm, xenstore',
    'virtuelle Maschine mit Windows hängt beim Start, Citrix-Treiber',
    'la machine virtuelle Windows se bloque au démarrage, pilotes Citrix',
    'la máquina virtual con Windows se cuelga al arrancar, controladores de Citrix',
  ],
  parameters,
  labDefaults: { domains: 'win2008\nfiles /etc/xen/vm/files' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures: (values, known) => pictures(values, known),
  targets: ['local', 'ssh', 'console'],
  systems: {
    oneOf: [{ os: 'linux' }],
    tools: [
      { name: 'xenstore-rm', package: 'xenstore-utils' },
      { name: 'timeout', package: 'coreutils' },
    ],
  },
  lab,
});
