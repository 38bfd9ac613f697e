/** What gets a new ticket before the old one ends. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import { agentPlist } from './agent-plist.ts';
import { agentFile, label, type Parameters } from './parameters.ts';
import { agent } from './reading.ts';

const renewable: Step = {
  kind: 'command',
  id: 'renew',
  runsOn: 'the Mac',
  title: 'Renew the ticket once',
  intro: 'Shows whether the domain gives tickets that can be renewed without a password.',
  danger: 'changes',
  script: sh`kinit -R && echo renewed=yes
if klist -t; then echo ticket=valid; else echo ticket=none; fi`,
  matchers: [
    {
      kind: 'warning',
      id: 'not-renewable',
      pattern: /can't fulfill requested option|KDC can.t (?:fulfill|renew)|Ticket (?:expired|is not renewable)|renewing credentials|krb5_get_kdc_cred/i,
      means: 'This domain gives no renewable tickets.',
      next: 'Then only the password, or the keychain, gets a new one.',
    },
    {
      kind: 'expected',
      id: 'valid',
      pattern: /^ticket=valid$/,
      means: 'The ticket is valid.',
      missing: 'The ticket is no longer valid.',
      next: 'Get a new one: undo back to the step before.',
    },
  ],
  irreversible: 'It is the same ticket with a later end.',
};

export function newTickets(values: Parameters): Step[] {
  const { renew, home, principal } = values;
  if (renew === 'agent') return [renewable, agentStep(home, principal)];
  if (renew === 'none') return [renewable];
  return [renewable, byHand(renew)];
}

const reload = (path: string) => sh`launchctl bootout gui/$(id -u)/${label} 2>/dev/null || launchctl unload ${file(path)} 2>/dev/null || :
if [ -e ${file(path)} ]; then launchctl bootstrap gui/$(id -u) ${file(path)} 2>/dev/null || launchctl load ${file(path)}; fi`;

function agentStep(home: string, principal: string): Step {
  const path = agentFile(home);
  return {
    kind: 'edit',
    id: 'agent',
    runsOn: 'the Mac',
    title: 'Let launchd get new tickets',
    intro: 'An agent runs kinit at login and every four hours, with the password from the login keychain. Off the network it fails quietly.',
    danger: 'changes',
    file: path,
    create: { mode: '0644', folder: true },
    edit: (old) => agentPlist(old, principal),
    afterwards: {
      script: reload(path),
      matchers: [
        {
          kind: 'failure',
          id: 'not-loaded',
          pattern: /Bootstrap failed|bad ownership\/permissions|Dubious ownership|Load failed/i,
          means: 'launchd did not load the agent.',
          next: 'The file has to belong to you, with mode 0644. Over ssh, log in at the screen once: there has to be a GUI session.',
        },
      ],
    },
    verify: {
      script: sh`plutil -lint ${file(path)}
tries=0
until launchctl list ${label} 2>/dev/null | grep -q '"LastExitStatus" = 0;' || [ $tries -ge 10 ]; do sleep 1; tries=$((tries + 1)); done
${agent}`,
      matchers: [
        { kind: 'expected', id: 'lint', pattern: /: OK$/, means: 'It is a good property list.', missing: 'It is not a good property list.' },
        {
          kind: 'expected',
          id: 'loaded',
          pattern: /^agent=loaded$/,
          means: 'launchd has loaded the agent.',
          missing: 'launchd has not loaded the agent.',
          next: 'Read what launchctl says above.',
        },
        {
          kind: 'expected',
          id: 'ran',
          pattern: /^agent-status=0$/,
          means: 'kinit has got a ticket by itself.',
          missing: 'kinit did not get a ticket by itself.',
          next: 'The password may not be in the login keychain: run "kinit --keychain ACCOUNT@REALM" once.',
        },
      ],
    },
    undone: {
      script: agent,
      matchers: [
        {
          kind: 'expected',
          id: 'gone',
          pattern: /^agent=none$/,
          means: 'launchd no longer has the agent.',
          missing: 'launchd still has the agent.',
          next: 'Log out and in again.',
        },
      ],
    },
  };
}

const byHand = (renew: 'app' | 'sso'): Step => ({
  kind: 'manual',
  id: 'agent',
  runsOn: 'the Mac',
  title: renew === 'app' ? 'Set up Kerberos Ticket Autorenewal' : 'Set up the Kerberos SSO extension',
  intro: renew === 'app' ? 'It gets a ticket at login and renews it, with the password from the keychain.' : 'It comes as a profile of the device management.',
  danger: 'changes',
  instructions:
    renew === 'app'
      ? ['Install it from the App Store (id1246781916), and enter your account.', 'Add it to the login items.']
      : ['Let the management install a profile "Extensible Single Sign On Kerberos" for the realm.', 'Log in to it once: "app-sso -i REALM" shows the ticket.'],
  lab: sh`:`,
  verify: {
    looksOnlyAt: 'whether there is a valid ticket',
    script: sh`if klist -t; then echo ticket=valid; else echo ticket=none; fi`,
    matchers: [
      {
        kind: 'expected',
        id: 'valid',
        pattern: /^ticket=valid$/,
        means: 'There is a valid ticket.',
        missing: 'There is no valid ticket.',
        next: 'Log in to it, and check again.',
      },
    ],
  },
  irreversible: 'You remove it yourself: from the login items, or from the management.',
});
