/** Whether the server keeps its push capability to itself. */
import { type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { countWarnings, showCapability, showSetting } from './reading.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['the setting mail:imap:aps_topic_enabled', 'the IMAP capabilities before login', 'warnings in push_notify.log'],
  uses: ['host', 'port', 'guid'],
  needsRoot: true,
  script: ({ host, port, guid }) => sh`${showSetting}
${countWarnings({ host, port, guid, user: '' })}
${showCapability({ host, port, guid, user: '' })}`,
  judge: ({ output }) => {
    const found = readings(output);
    const setting = found.get('setting') ?? 'unread';
    const capability = found.get('before-login') ?? 'unread';
    const warnings = found.get('warnings') ?? 'unread';
    const findings: ProbeFinding[] = [
      {
        label: 'Version',
        value: found.get('version') ?? '',
        means: 'The fault was seen on 10.10. Push mail came with 10.7, and the mail service went with macOS Server 5.7.',
        speaks: 'neither',
      },
      {
        label: 'Setting',
        value: setting === 'unread' ? '' : setting,
        means: setting === 'no' ? 'Push is off in Dovecot.' : setting === 'yes' ? 'Push is on in Dovecot.' : 'It is not known.',
        speaks: setting === 'no' ? 'for' : setting === 'yes' ? 'against' : 'neither',
      },
      {
        label: 'XAPPLEPUSHSERVICE before login',
        value: capability === 'unread' ? '' : capability,
        means:
          capability === 'no'
            ? 'A phone does not register. Some servers advertise it after login only; the run can check that.'
            : capability === 'yes'
              ? 'A phone can register.'
              : 'The server did not say it.',
        speaks: capability === 'no' ? 'for' : capability === 'yes' ? 'against' : 'neither',
      },
      {
        label: 'Warnings “no device map found”',
        value: warnings === 'unread' ? '' : warnings,
        means: 'Alone they mean nothing: they are usual for users without an iOS device.',
        speaks: 'neither',
      },
      {
        label: 'Apple’s push servers',
        value: 'protocol switched off',
        means: 'Since March 2021 they do not accept what OS X Server sends, so no push arrives today.',
        speaks: 'neither',
      },
    ];
    const say = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({ verdict, because, next, findings });
    if (setting === 'missing')
      return say('not-affected', 'This is not OS X Server: there is no serveradmin.', 'Push for other Dovecot servers is dovecot-xaps-plugin.');
    if (capability === 'yes')
      return say('already-fixed', 'The server advertises XAPPLEPUSHSERVICE.', 'If a device gets no push, the certificates or Apple’s servers are the cause.');
    if (capability === 'unread') return say('unknown', 'The IMAP server did not say its capabilities.', 'Check that the mail service runs, and host and port.');
    if (setting === 'none') return say('not-affected', 'This release does not have the setting.', 'Do not set it.');
    if (setting === 'unread') return say('unknown', 'The setting could not be read.', 'Check as root.');
    if (setting === 'yes')
      return say(
        'unknown',
        'The setting is on, and the capability is missing.',
        'Restart the mail service, and check the push certificates in the Server app.',
      );
    return say('affected', 'The setting is off, and the capability is missing.', 'Start the run if phones should register. No push arrives since March 2021.');
  },
};
