/** A udev rule of an old release runs ifup too early, and up lines do not run. */
import { defineTopic } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'ifupdown-udev-rule',
  version: 1,
  title: 'Interface scripts not run after an upgrade',
  summary: 'For servers that still use ifupdown: moves away a udev rule of an old Ubuntu release that runs ifup too early, so that up lines run again.',
  category: 'Network & VPN',
  platforms: ['Linux'],
  risk: {
    level: 'changes',
    text: 'Moves one file away and, if you want, reboots the server. What is changed is how its network comes up: have a console at hand.',
  },
  minutes: 8,
  fixes: ['up and post-up lines of /etc/network/interfaces that do not run at boot, with “ifup: interface eth0 already configured” in the log.'],
  needs: ['Root on the server.', 'A system with ifupdown and systemd.', 'A console, in case the network does not come up.'],
  cannotUndo: ['The reboot.'],
  corrections: [
    'The source deletes the file. Here it is moved below /var/lib/wrenchbook/moved, with its mode and time, and undo moves it back.',
    'Ubuntu 17.10 and newer set up their network with netplan, without ifupdown: this procedure is not needed there. It is for older systems, and for those that still have ifupdown.',
    'The text of the rule in each old release is uncertain. What counts is that it runs ifup. Whether systems with Upstart (before Ubuntu 15.04) need something else is uncertain too.',
    'A rule that a package of this release brings is left alone. One that dpkg lists as obsolete is left behind.',
    'ifupdown 0.8.41 prints the message only if an interface is named. For “ifup -a” it prints nothing, or that it waits for the lock of the interface: both are recognised.',
    'The same message has other causes: auto and allow-hotplug for one interface, two stanzas for it, cloud-init, ifup run by hand. The check names what it can see.',
  ],
  sources: [
    'Notes on virtual machines that were upgraded from Ubuntu 14.04 to 16.04',
    'ifup(8), interfaces(5), udev(7)',
    '/lib/udev/ifupdown-hotplug of ifupdown 0.8.41',
  ],
  search,
  symptoms: [
    { pattern: /ifup: interface (?<iface>\S{1,15}) already configured/i, text: 'ifup: interface eth0 already configured' },
    { pattern: /failed to open statefile \S*ifstate/i, text: 'ifup: failed to open statefile /run/network/ifstate: No such file or directory' },
    { pattern: /waiting for lock on \S*\/ifstate\.(?<iface>[\w.-]+)/i, text: 'ifup: waiting for lock on /run/network/ifstate.eth0' },
    { pattern: /85-ifupdown\.rules/i, text: 'Reading rules file: /etc/udev/rules.d/85-ifupdown.rules' },
    {
      pattern: /\b(?:post-)?up (?:lines?|scripts?|commands?) (?:are |were |is |was )?(?:not|never) (?:run|executed)/i,
      text: 'post-up scripts are not run at boot',
    },
  ],
  alsoCalled: [
    'routes and iptables rules from /etc/network/interfaces missing after reboot',
    'interface has its address but the up commands were not executed after the upgrade to 16.04',
    'if-up.d scripts not called, udev starts ifup too early',
    'post-up Befehle werden nach dem Upgrade nicht ausgeführt, Routen fehlen nach Neustart',
    'les commandes up de interfaces ne sont pas exécutées au démarrage',
    'los comandos post-up no se ejecutan al arrancar',
  ],
  parameters,
  labDefaults: { route: '198.51.100.0/24' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: {
    oneOf: [{ os: 'linux' }],
    tools: [
      { name: 'systemctl', package: 'systemd' },
      { name: 'udevadm', package: 'udev' },
      { name: 'ifup', package: 'ifupdown' },
    ],
  },
  lab,
});
