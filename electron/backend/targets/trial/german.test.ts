/** A machine that speaks German, as its sudo, su and shells do when they are asked to: questions and troubles are told anyway. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../../../shared/api/target.ts';
import { ScratchMachine, whyNoMachineWith } from '../../real/scratch-machine.test-kit.ts';
import { HopSession } from '../../sessions/hops/hop-session.test-kit.ts';
import { type Answer, attempt, failure } from './attempt.test-kit.ts';

const missing = whyNoMachineWith('german');
if (missing) console.log(`A machine that speaks German is not tried: ${missing}.`);

const setUp = `
localedef -i de_DE -f UTF-8 de_DE.UTF-8
ln -sf bash /usr/bin/sh
for name in narrow gone caged; do useradd -m -s /bin/bash "$name"; cp /etc/wrench-keys/wren "/etc/wrench-keys/$name"; printf '%s:sesame\\n' "$name" | chpasswd; done
usermod -s /usr/sbin/nologin gone
usermod -s /bin/rbash caged
printf 'PATH=/home/caged/bin\\n' >/home/caged/.bashrc
printf 'narrow ALL=(ALL) /bin/true\\n' >>/etc/sudoers
printf 'permit wren as root\\n' >/etc/doas.conf
rm -f /usr/bin/pkexec
`;
const speaksGerman = ['SetEnv LANG=de_DE.UTF-8 LANGUAGE=de'];
const sudoAsks = /\[sudo on .+\] password for \w+: $/;
const password: Answer = { at: sudoAsks, type: 'sesame\n' };
const wrong: Answer = { at: sudoAsks, type: 'wrong\n' };

describe.skipIf(missing)('a machine that speaks German', () => {
  let machine: ScratchMachine;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, speaksGerman, { extras: ['german'] });
    machine.know();
  });
  afterAll(() => machine?.stop());
  const as = (user: string, root: Target['root']): Partial<Target> => ({ connection: { kind: 'ssh', host: 'machine', user }, root });

  it('is one', async () => {
    const hop = await HopSession.open({ HOME: machine.folder });
    try {
      expect(await hop.enter({ kind: 'ssh', host: 'machine', configFile: machine.configFile })).toHaveProperty('entered');
      const { text } = await hop.run('sudo -n true; no-such-program; cat /nowhere; echo "$LANG"');
      for (const line of ['Ein Passwort ist notwendig', 'Kommando nicht gefunden', 'Datei oder Verzeichnis nicht gefunden', 'de_DE.UTF-8'])
        expect(text).toContain(line);
    } finally {
      await hop.session.close();
    }
  });

  it.each([
    ['sudo', 'wren', password],
    ['su', 'wren', { at: /^Passwort: $/m, type: 'open\n' }],
    ['doas', 'wren', { at: /doas \(wren@.+\) password: $/, type: 'sesame\n' }],
  ] as const)('asks for the password of %s, which is told as a secret one', async (root, user, answer) => {
    const { state, text, secret } = await attempt(as(user, root), machine.configFile, [answer]);
    expect(state.status, text).toBe('ok');
    expect(secret).toEqual([true]);
    expect(text).not.toContain(answer.type.trim());
    expect(text).not.toMatch(/[0-9a-f]{32} bye/);
  });

  it.each([
    ['sudo that does not know the user', 'plain', 'sudo', [password], /sudo does not allow/, /nicht in der sudoers/],
    ['sudo that allows another command only', 'narrow', 'sudo', [password], /sudo does not allow/, /not allowed to execute/],
    ['sudo with a wrong password three times', 'wren', 'sudo', [wrong, wrong, wrong], /wrong each time/, /Fehlversuche/],
    ['su with a wrong password', 'wren', 'su', [{ at: /Passwort: $/, type: 'wrong\n' }], /su rejected/, /su: Fehler bei Auth/],
    ['a program that is not there', 'wren', 'pkexec', [], /no pkexec/, /nicht gefunden/],
  ] as const)('tells %s', async (_, user, root, answers, cause, german) => {
    const { state, text } = await attempt(as(user, root), machine.configFile, [...answers]);
    expect(text).toMatch(german);
    expect(text).not.toMatch(/[0-9a-f]{32} bye/);
    expect(failure(state), text).toMatchObject({ name: 'root', trouble: { cause: expect.stringMatching(cause) } });
  });

  it.each([
    ['gone', /no login shell/],
    ['caged', /found no sh/],
  ])('tells the shell of %s', async (user, cause) => {
    const { state, text } = await attempt(as(user, 'none'), machine.configFile);
    expect(failure(state), text).toMatchObject({ name: 'shell', trouble: { cause: expect.stringMatching(cause) } });
  });
});
