/** The way that every release knows: networksetup gives the service a fixed address. */
import { escapeRegExp, fact, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { reached } from './reached.ts';
import { askRouter, serviceOf, showDns, showMac, waitForAddress } from './reading.ts';

export const fixedSteps = ({ iface, address, router, name }: Parameters): Step[] => [
  {
    kind: 'command',
    id: 'set-address',
    title: 'Set the fixed address',
    intro: 'It takes effect at once, and stays after a restart. SSH over the old IPv6 address is cut off: use the name over IPv4, or the console.',
    danger: 'changes',
    runsOn: 'the Mac',
    needsRoot: true,
    cutsLink: true,
    before: { script: showMac(iface), saves: [{ id: 'mode', title: 'IPv6 before', pattern: /^mode=(Automatic)$/ }] },
    script: sh`${serviceOf(iface)}
networksetup -setv6manual "$service" ${address} 64 ${router}`,
    matchers: [
      {
        kind: 'failure',
        id: 'refused',
        pattern: /is not a (?:valid|recognized)|^\*\* Error|requires admin privileges/i,
        means: 'networksetup did not accept this.',
        next: 'Read what it says, and start a new run with corrected values.',
      },
    ],
    verify: {
      script: sh`${showMac(iface)}
${waitForAddress(iface, sh`grep -F ${`address=${address} `} | grep -v -e kind=tentative -e kind=duplicated`, ['duplicated'])}
${askRouter(iface)}
${showDns(name)}`,
      matchers: [
        {
          kind: 'expected',
          id: 'manual',
          pattern: /^mode=Manual$/,
          means: 'The service has a fixed address.',
          missing: 'The service has no fixed address.',
          next: 'Read what networksetup says above.',
        },
        {
          kind: 'failure',
          id: 'taken',
          pattern: new RegExp(`^address=${escapeRegExp(address)} scope=\\w+ kind=duplicated$`),
          means: 'Another host has this address already.',
          next: 'Undo the run, and start a new one with a free address.',
        },
        {
          kind: 'expected',
          id: 'there',
          pattern: new RegExp(`^address=${escapeRegExp(address)} scope=\\w+ kind=(?!tentative|duplicated)\\w+$`),
          means: 'The interface uses the fixed address.',
          missing: 'The interface does not use the fixed address.',
          next: 'Check cable and interface, and run the step again.',
        },
        ...reached(new RegExp(`^address=${escapeRegExp(address)} scope=`)),
      ],
    },
    undo: sh`${serviceOf(iface)}
case ${fact('mode')} in Automatic) networksetup -setv6automatic "$service" ;; esac`,
    undone: {
      script: sh`${showMac(iface)}`,
      matchers: [
        {
          kind: 'equal',
          id: 'as-before',
          pattern: /^mode=(.*)$/,
          to: { fact: 'mode' },
          means: 'IPv6 is configured as before.',
          differs: 'IPv6 is not configured as before.',
          next: 'Set it in System Settings, Network.',
        },
      ],
    },
  },
];
