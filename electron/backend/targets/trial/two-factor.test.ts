/** Logins that ask for more than a password, through PAM and through a ForceCommand, on a throw-away machine. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScratchMachine, whyNoMachineWith } from '../../real/scratch-machine.test-kit.ts';
import { type Answer, attempt, failure } from './attempt.test-kit.ts';

const missing = whyNoMachineWith('one-time codes');
if (missing) console.log(`Logins with two factors are not tried: ${missing}.`);

const key = Buffer.from('12345678901234567890');
const base32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'; // the same, as RFC 4226's examples have it

/** RFC 6238 with 30 s and six digits. */
function code(): string {
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(moment).digest();
  const at = (digest[19] ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const setUp = `
for name in oath google forced; do useradd -m -s /bin/bash "$name"; printf '%s:sesame\\n' "$name" | chpasswd; done
printf 'HOTP/T30/6 oath - ${key.toString('hex')}\\n' >/etc/users.oath
chmod 600 /etc/users.oath
printf '${base32}\\n" TOTP_AUTH\\n' >/home/google/.google_authenticator
chown google /home/google/.google_authenticator
chmod 400 /home/google/.google_authenticator
cat >/etc/pam.d/sshd <<'PAM'
auth required pam_unix.so
auth [success=ignore default=1] pam_succeed_if.so quiet user = oath
auth required pam_oath.so usersfile=/etc/users.oath window=3 digits=6
auth [success=ignore default=1] pam_succeed_if.so quiet user = google
auth required pam_google_authenticator.so
account required pam_permit.so
session required pam_permit.so
PAM
cat >/etc/pam.d/sudo <<'PAM'
auth required pam_unix.so
auth required pam_google_authenticator.so
account required pam_permit.so
session required pam_permit.so
PAM
printf 'google ALL=(ALL) ALL\\n' >>/etc/sudoers
sed -i 's/^UsePAM no/UsePAM yes/' /etc/ssh/sshd_config
cat >/usr/local/bin/second-question <<'SH'
#!/bin/sh
saved=$(stty -g)
stty -echo
printf 'Passcode from your card: '
read -r typed
stty "$saved"
echo
[ "$typed" = 4711 ] || { echo 'That is not the passcode of your card.'; exit 1; }
exec sh -c "$SSH_ORIGINAL_COMMAND"
SH
chmod 755 /usr/local/bin/second-question
`;
const sshdLines = [
  'Match User oath,google',
  '  AuthenticationMethods keyboard-interactive',
  'Match User forced',
  '  AuthenticationMethods password',
  '  ForceCommand /usr/local/bin/second-question',
];

const password: Answer = { at: /Password: $/, type: 'sesame\n' };
const plainPassword: Answer = { at: /forced@127\.0\.0\.1's password: $/, type: 'sesame\n' };

describe.skipIf(missing)('a login with two factors', () => {
  let machine: ScratchMachine;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, sshdLines, { extras: ['one-time codes'] });
    machine.know();
  });
  afterAll(() => machine?.stop());
  const as = (user: string, answers: Answer[]) => attempt({ connection: { kind: 'ssh', host: 'machine', user } }, machine.configFile, answers);

  it.each([
    ['oath', /One-time password \(OATH\) for `oath': $/],
    ['google', /Verification code: $/],
  ])('of %s asks for the password, then for the code, in the terminal', async (user, asks) => {
    const now = code();
    const { state, text, secret } = await as(user, [password, { at: asks, type: `${now}\n` }]);
    expect(state.status, text).toBe('ok');
    expect(state.facts?.user).toBe(user);
    expect(text).not.toMatch(new RegExp(`sesame|${now}`));
    expect(secret).toEqual([true, true]);
  });

  it('of sudo shows each question as PAM asks it, and tells that a code was wrong', async () => {
    const there = { connection: { kind: 'ssh', host: 'machine', user: 'google' }, root: 'sudo' } as const;
    const login: Answer[] = [password, { at: /Verification code: $/, type: `${code()}\n` }];
    const sudoPassword: Answer = { at: /\[sudo on \S+\] password for google: $/, type: 'sesame\n' };
    const right = await attempt(there, machine.configFile, [...login, sudoPassword, { at: /\nVerification code: $/, type: `${code()}\n` }]);
    expect(right.state.status, right.text).toBe('ok');
    expect(right.secret).toEqual([true, true, true, true]);
    const wrong: Answer[] = [sudoPassword, { at: /\nVerification code: $/, type: '000000\n' }];
    const { state, text } = await attempt(there, machine.configFile, [
      password,
      { at: /Verification code: $/, type: `${code()}\n` },
      ...wrong,
      ...wrong,
      ...wrong,
    ]);
    expect(failure(state), text).toMatchObject({ name: 'root', trouble: { cause: 'A password or a code was wrong each time.' } });
  });

  it('tells that a code was wrong', async () => {
    const wrong: Answer[] = [password, { at: /Verification code: $/, type: '000000\n' }];
    const { state, text } = await as('google', [...wrong, ...wrong, ...wrong]);
    expect(failure(state), text).toMatchObject({
      name: 'authentication',
      trouble: { cause: expect.stringContaining('a code was wrong'), next: expect.stringMatching(/code.*clock/) },
    });
  });

  it('asks the second question of a ForceCommand, and tells that its answer was wrong', async () => {
    const asks = /Passcode from your card: $/;
    const { state, text, secret } = await as('forced', [plainPassword, { at: asks, type: '4711\n' }]);
    expect(state.status, text).toBe('ok');
    expect(text).not.toContain('4711');
    expect(secret).toEqual([true, true]);
    const refused = await as('forced', [plainPassword, { at: asks, type: '1\n' }]);
    expect(failure(refused.state), refused.text).toMatchObject({
      name: 'shell',
      trouble: { cause: expect.stringContaining('That is not the passcode of your card.') },
    });
  });
});
