/** The other way: routes for the phone that leave multicasts out. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import { runsOn } from './asking.ts';

/** Everything below 224.0.0.0, in place of what redirect-gateway pushes; and the server itself, which redirect-gateway pins as well. */
export const pushedRoutes = [
  'push "route 0.0.0.0 128.0.0.0"',
  'push "route 128.0.0.0 192.0.0.0"',
  'push "route 192.0.0.0 224.0.0.0"',
  'push "route ADDRESS-OF-THIS-SERVER 255.255.255.255 net_gateway"',
];
export const routes: Step = {
  kind: 'manual',
  id: 'routes',
  title: 'Push other routes to the phone',
  intro:
    'The phone then listens on its own LAN. Uncertain: with the first three lines alone, the phone of the source did not start again. The fourth was not tried on a phone.',
  danger: 'changes',
  runsOn,
  instructions: [
    'In OpenVPN’s configuration, put the lines of the card in the place of push "redirect-gateway def1". Put in the public address of this server.',
    'Keep the old line as a comment. Have the phone in reach: if it does not start again, put the old line back.',
    'Restart OpenVPN, and then the phone.',
  ],
  cards: [{ title: 'In place of redirect-gateway', lines: pushedRoutes }],
  lab: sh`lab-mc-hand routes`,
  verify: {
    looksOnlyAt: 'whether OpenVPN pushes other routes',
    script: sh`grep -s -h -E '^[[:space:]]*push' -r ${file('/etc/openvpn')}`,
    matchers: [
      {
        kind: 'failure',
        id: 'still-all',
        pattern: /^\s*push "redirect-gateway/,
        means: 'OpenVPN still pushes redirect-gateway.',
        next: 'Put a # in front of that line.',
      },
      {
        kind: 'expected',
        id: 'pushed',
        pattern: /^\s*push "route 192\.0\.0\.0 224\.0\.0\.0"/,
        means: 'OpenVPN pushes the routes below 224.0.0.0.',
        missing: 'OpenVPN does not push these routes.',
        next: 'Check which file the service reads.',
      },
    ],
  },
  irreversible: 'Wrenchbook does not change the file. Put the old line back by hand.',
};
