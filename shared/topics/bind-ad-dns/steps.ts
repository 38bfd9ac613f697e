/** Look, ask the controllers, hold updates, edit, check, load, ask again. */
import type { Step } from '../../topic-kit/index.ts';
import { askControllers, askDelegation, askServices } from './asking.ts';
import { checkConfiguration, configurationTaken } from './configuration.ts';
import { checkZone, hold, load } from './loading.ts';
import { look } from './look.ts';
import { editOptions, editZoneStatement } from './options-edit.ts';
import { controllersOf, type Parameters } from './parameters.ts';
import { editZone } from './zone-edit.ts';

const dnsServer = 'DNS server';

export const steps = (values: Parameters): Step[] => [
  look(values),
  askControllers(values),
  hold(values),
  mergeRecords(values),
  ...configure(values),
  load(values),
  askDelegation(values),
  askServices(values),
  controllersThemselves(values),
];

const mergeRecords = (values: Parameters): Step => ({
  kind: 'edit',
  id: 'zone',
  title: 'Merge the records into the zone',
  intro: 'Hands _msdcs and _sites to the controllers, adds what Unix clients look for, and raises the serial. What is already right stays unchanged.',
  danger: 'changes',
  runsOn: dnsServer,
  needsRoot: true,
  file: values.zoneFile,
  edit: (old, { today }) => editZone(old, { ...values, controllers: controllersOf(values) }, today),
  verify: {
    looksOnlyAt: 'whether BIND could load the file',
    statusTells: true,
    script: checkZone(values),
    matchers: [
      {
        kind: 'failure',
        id: 'zone-refused',
        pattern: /not loaded due to errors/,
        means: 'BIND would reject this zone. It still serves the old one.',
        next: 'Undo this run: that puts the file back. Then correct what named-checkzone says here.',
      },
      { kind: 'expected', id: 'zone-right', pattern: /^OK$/, means: 'BIND can load the zone.', missing: 'named-checkzone did not confirm the zone.' },
    ],
  },
});

function configure({ domain, optionsFile, zonesFile }: Parameters): Step[] {
  const verify = {
    looksOnlyAt: 'whether BIND could load its configuration',
    statusTells: true,
    script: checkConfiguration,
    matchers: configurationTaken,
  } as const;
  const common = { kind: 'edit', danger: 'changes', runsOn: dnsServer, needsRoot: true, verify } as const;
  return [
    {
      ...common,
      id: 'validation',
      title: 'Accept the controllers’ unsigned answers',
      intro: `The controllers sign nothing. If BIND checks signatures, it must leave out ${domain}, or it answers SERVFAIL.`,
      file: optionsFile,
      edit: (old) => editOptions(old, domain),
    },
    {
      ...common,
      id: 'forwarding',
      title: 'Do not ask forwarders for the domain',
      intro: 'Where BIND has forwarders, it asks them also for what is delegated, and they know nothing of it. An empty list in the zone’s block stops that.',
      file: zonesFile,
      edit: (old, { forwarders }) => (forwarders === 'yes' ? editZoneStatement(old, domain) : old),
    },
  ];
}

const controllersThemselves = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'controllers-themselves',
  title: 'Let the controllers ask themselves',
  intro: 'A controller sends the updates of its own records to the primary of the domain’s zone. That is BIND now, and BIND refuses them.',
  danger: 'reads',
  runsOn: 'domain controllers',
  instructions: [
    `Windows: in the settings of each network card, enter the controllers themselves as DNS servers: ${controllersOf(values)
      .map(({ address }) => address)
      .join(', ')}. Not BIND.`,
    'Samba 4.5 and newer may ask BIND: put "dns update command = /usr/sbin/samba_dnsupdate --use-samba-tool" into [global] of smb.conf. Older Samba: enter the controllers in /etc/resolv.conf.',
    'Make BIND their forwarder, so that they find everything else.',
    'When a controller comes or goes, run this procedure again with the new list. "Check" on its page, or "wrenchbook check bind-ad-dns", says when that is due.',
  ],
});
