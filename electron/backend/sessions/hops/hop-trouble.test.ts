import { describe, expect, it } from 'vitest';
import { changedKey, changedKeyTrouble, rootTrouble, sshTrouble } from './hop-trouble.ts';

describe('why ssh did not get there', () => {
  it.each([
    ['ssh: Could not resolve hostname nosuch.example: Name or service not known', 255, 'network', /nosuch\.example is not known/],
    ['ssh: connect to host 10.0.0.9 port 22: Connection refused', 255, 'network', /Nothing listens/],
    ['ssh: connect to host 10.0.0.9 port 22: No route to host', 255, 'network', /network is unreachable/],
    ['ssh: connect to host 10.0.0.9 port 22: Network is unreachable', 255, 'network', /network is unreachable/],
    ['ssh: connect to host 10.0.0.9 port 22: Connection timed out', 255, 'network', /in time/],
    ['ssh: connect to host 10.0.0.9 port 22: Operation timed out', 255, 'network', /in time/],
    ['Connection timed out during banner exchange\r\nConnection to 10.0.0.9 port 22 timed out', 255, 'network', /hung up/],
    ['kex_exchange_identification: Connection closed by remote host', 255, 'network', /hung up/],
    ['Unable to negotiate with 10.0.0.9 port 22: no matching host key type found. Their offer: ssh-rsa', 255, 'network', /no matching host key type/],
    ['/root/.ssh/config: line 3: Bad configuration option: nonsense', 255, 'network', /configuration/],
    [
      'ED25519 host key for [127.0.0.1]:2222 was revoked and you have requested strict checking.\r\nHost key verification failed.',
      255,
      'host-key',
      /marked as revoked/,
    ],
    [
      'nosuchuser@127.0.0.1: Permission denied (publickey,password).\r\nkex_exchange_identification: Connection closed by remote host\r\nConnection closed by UNKNOWN port 65535',
      255,
      'authentication',
      /^At the jump host \(nosuchuser@127\.0\.0\.1\): The login was refused/,
    ],
    [
      'channel 0: open failed: connect failed: Name or service not known\r\nstdio forwarding failed\r\nkex_exchange_identification: Connection closed by remote host',
      255,
      'network',
      /jump host was reached, but it does not reach the machine behind it: Name or service not known/,
    ],
    [
      'channel 0: open failed: administratively prohibited: open failed\r\nstdio forwarding failed\r\nkex_exchange_identification: Connection closed by remote host',
      255,
      'network',
      /does not allow connections to other machines/,
    ],
    [
      'ssh: Could not resolve hostname jump.example: Name or service not known\r\nkex_exchange_identification: Connection closed by remote host',
      255,
      'network',
      /^At the jump host \(jump\.example\): The name jump\.example is not known/,
    ],
    [
      'ssh: connect to host 10.0.0.1 port 22: Connection refused\r\nkex_exchange_identification: Connection closed by remote host\r\nConnection closed by UNKNOWN port 65535',
      255,
      'network',
      /^At the jump host \(10\.0\.0\.1\): Nothing listens/,
    ],
    ['Connection to 127.0.0.1 port 40957 timed out', 255, 'network', /lost during login/],
    ['Host key verification failed.', 255, 'host-key', /not accepted/],
    ['Received disconnect from 10.0.0.9 port 22:2: Too many authentication failures', 255, 'authentication', /gave up/],
    ['wren@host: Permission denied (publickey,password).', 255, 'authentication', /was refused\. .*publickey,password/],
    ['wren@host: Permission denied (publickey,keyboard-interactive).', 255, 'authentication', /a code was wrong.*publickey,keyboard-interactive/],
    ['Passcode: \r\nThat is not it.\r\nConnection to host closed.', 1, 'shell', /status 1 at once\. It last said: "That is not it\."/],
    ['Your account has expired; please contact your system administrator.', 255, 'authentication', /expired/],
    ['This account is currently not available.\r\nConnection to host closed.', 1, 'shell', /no login shell/],
    ['rbash: sh: command not found', 127, 'shell', /no sh/],
    ['This service allows sftp connections only.', 1, 'shell', /no shell/],
    ['PTY allocation request failed on channel 0\r\nstty: standard input: Inappropriate ioctl for device', 1, 'shell', /no terminal/],
    ['sh: 1: ssh: not found', 127, 'network', /no ssh client/],
    ['sh: Zeile 36: ssh: Kommando nicht gefunden.', 127, 'network', /no ssh client/],
    ["rbash: /bin/sh: eingeschränkt: `/' ist in Kommandonamen unzulässig.", 127, 'shell', /restricted/],
    ['', 255, 'network', /lost/],
    ["wren@host's password: ", 130, 'authentication', /Ctrl-C/],
    ['% Invalid input', 1, 'shell', /status 1 at once/],
  ] as const)('%s', (output, status, stage, cause) => {
    const found = sshTrouble(`Welcome\r\n${output}\r\n`, status);
    expect(found).toMatchObject({ stage, cause: expect.stringMatching(cause) });
    expect(found.next).not.toBe('');
  });

  it('reads both keys of a change', () => {
    const said = [
      '@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @',
      'The fingerprint for the ED25519 key sent by the remote host is',
      'SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8.',
      'Please contact your system administrator.',
      'Offending ECDSA key in /home/wren/.ssh/known_hosts:12',
      'Host key for [files.example]:2222 has changed and you have requested strict checking.',
      'Host key verification failed.',
    ].join('\r\n');
    const changed = changedKey(said);
    expect(changed).toEqual({
      type: 'ED25519',
      offered: 'SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8',
      file: '/home/wren/.ssh/known_hosts',
      line: 12,
      host: '[files.example]:2222',
    });
    if (changed) expect(changedKeyTrouble(changed, 'ECDSA SHA256:x').next).toContain("-R '[files.example]:2222'");
    expect(changedKey('Host key verification failed.')).toBeNull();
  });
});

describe('why root was not reached', () => {
  it.each([
    ['plain is not in the sudoers file.  This incident will be reported.', 1, /does not allow/],
    ['plain ist nicht in der sudoers-Datei.', 1, /does not allow/],
    ['Sorry, user plain may not run sudo on host.', 1, /does not allow/],
    ['Sorry, try again.\r\nsudo: 3 incorrect password attempts', 1, /wrong each time/],
    ["I'm sorry rsno. I'm afraid I can't do that", 1, /does not allow/],
    ['sudo: Maximum 3 incorrect authentication attempts', 1, /password was wrong each time/],
    ['Verification code: \r\nSorry, try again.\r\nsudo: 3 incorrect password attempts', 1, /password or a code was wrong/],
    ['sudo: interactive authentication is required', 1, /needs a password/],
    ['sudo: 3 Fehlversuche bei der Passworteingabe', 1, /wrong each time/],
    ['sudo: sorry, you must have a tty to run sudo', 1, /needs a terminal/],
    ['sudo: a password is required', 1, /needs a password/],
    ['sudo: a terminal is required to read the password', 1, /needs a password/],
    ['doas: Operation not permitted', 1, /doas does not allow/],
    ['doas: Authentication failed', 1, /rejected the password/],
    ['su: Authentication failure', 1, /su rejected/],
    ['su: Fehler bei Authentifizierung', 1, /su rejected/],
    ['su: Sorry', 1, /su rejected/],
    ['Error executing command as another user: Not authorized', 127, /polkit/],
    ['Leider darf der Benutzer plain »/bin/sh« als root auf host nicht ausführen.', 1, /does not allow/],
    ['Leider darf der Benutzer plain sudo für host nicht verwenden.', 1, /does not allow/],
    ['sudo: Sie müssen ein TTY haben, um sudo zu verwenden', 1, /needs a terminal/],
    ['sudo: Ein Passwort ist notwendig', 1, /needs a password/],
    ['su: Berechtigung verweigert', 1, /su rejected/],
    ['sh: 1: doas: not found', 127, /no doas/],
    ['sh: Zeile 36: pkexec: Kommando nicht gefunden.', 127, /no pkexec/],
    ['bash: sudo: command not found', 127, /no sudo/],
    ['', 3, /status 3/],
  ] as const)('%s', (output, status, cause) =>
    expect(rootTrouble(`${output}\r\n`, status)).toMatchObject({ stage: 'root', cause: expect.stringMatching(cause) }),
  );
});
