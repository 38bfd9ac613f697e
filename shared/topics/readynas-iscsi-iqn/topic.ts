/** A ReadyNAS removes the initiators of its iSCSI targets, and disks no longer mount. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab, labWanted } from './lab.ts';
import { misfit, parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'readynas-iscsi-iqn',
  version: 1,
  title: 'ReadyNAS removes iSCSI initiators',
  summary:
    'For RAIDiator 4.2; ReadyNAS OS 6 does not need it. Keeps a list of the initiators of each target, finds what the box has removed, and puts it back.',
  category: 'Storage & firmware',
  platforms: ['ReadyNAS'],
  risk: { level: 'changes', text: 'Adds lines to one file of the box. Restarts the targets only if you choose that, and only if no initiator is logged in.' },
  minutes: 5,
  fixes: ['iSCSI disks that no longer mount after a target was made on a ReadyNAS, or for no reason that is seen.'],
  needs: ['Root on the box: its add-on EnableRootSSH.', 'The lines as they were, or the file while all is well: the check reads them.'],
  cannotUndo: ['A restart of the targets.'],
  corrections: [
    'In the copy of the source the lines of targets and initiators are lost. Netgear’s word for an initiator’s line is uncertain: you show the lines as your box has them, and they are put back as they are. The rehearsal’s spelling is a stand-in.',
    'The name of the init script is uncertain. The check looks for it.',
    'The source says that Netgear’s target names do not look like the standard’s. Names are checked by RFC 3720 and 3722, and only remarked on: nothing is known to break by them.',
    'Lines with a user and a password are never touched, and their passwords are masked wherever Wrenchbook shows or keeps anything.',
    'The source does not say how the file takes effect. The target (IET) reads it only when it starts, and a restart cuts off every initiator: it is refused while one is logged in.',
    'Not tried: a ReadyNAS, and IET itself. Tried: the file in its variations over ssh, and with another target (tgt) that an initiator whose name is not on the list gets “Target not found”.',
    'ReadyNAS OS 6 has LIO (targetcli), which keeps its ACLs. Netgear has ended the line.',
  ],
  sources: ['Notes on a ReadyNAS Pro with iSCSI disks for OS X Server', 'ietd.conf(5), ietadm(8)', 'RFC 3720, RFC 3722, RFC 3980'],
  search,
  symptoms: [
    { pattern: inOrder(/\b(?:readynas|netgear)\b/i, /\b(?:initiator|iqn|iscsi)/i), text: 'ReadyNAS strips initiator IQNs' },
    { pattern: /initiator error \(02\/0[23]\)/i, text: 'Login failed to authenticate with target: initiator error (02/02)' },
    {
      pattern: /iSCSI login failed due to authorization failure/i,
      text: 'iscsiadm: initiator reported error (24 - iSCSI login failed due to authorization failure)',
    },
    { pattern: /Target not found ?\(515\)/i, text: 'iscsi login failed: Target not found(515)' },
  ],
  alsoCalled: [
    'ReadyNAS Pro RAIDiator iSCSI target persistent reservation initiator IQN gone after creating a new target',
    'ietd.conf loses lines, iSCSI Enterprise Target, globalSAN disks do not mount on the Mac',
    'check an iSCSI qualified name IQN against RFC 3720',
    'ReadyNAS löscht Initiator-IQNs, iSCSI-Platten werden nicht mehr eingehängt',
    'le ReadyNAS supprime les IQN des initiateurs iSCSI',
    'el ReadyNAS borra los IQN de los iniciadores iSCSI',
  ],
  secretPatterns: [/\b(?:Incoming|Outgoing)User[ \t]+\S+[ \t]+(\S+)/i],
  parameters,
  labDefaults: { wanted: labWanted, restart: 'now' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  misfit,
  systems: { oneOf: [{ os: 'linux' }] },
  lab,
});
