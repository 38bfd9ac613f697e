/** Root by pkexec over ssh: with a rule of polkit's it leads there; its own agent in the terminal asks and is refused by polkit. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScratchMachine, whyNoMachineWith } from '../../real/scratch-machine.test-kit.ts';
import { attempt, failure } from './attempt.test-kit.ts';

const missing = whyNoMachineWith('polkit');
if (missing) console.log(`pkexec is not tried: ${missing}.`);

const setUp = `
for name in polkitd messagebus; do id "$name" >/dev/null 2>&1 || useradd -r -s /usr/sbin/nologin "$name"; done
chmod u+s /usr/bin/pkexec /usr/lib/polkit-1/polkit-agent-helper-1
mkdir -p /run/dbus /etc/polkit-1/rules.d
cat >/etc/polkit-1/rules.d/10-wren.rules <<'RULE'
polkit.addRule(function (action, subject) {
  if (action.id == "org.freedesktop.policykit.exec" && subject.user == "wren") return polkit.Result.YES;
});
RULE
dbus-daemon --system --fork
/usr/lib/polkit-1/polkitd --no-debug >/dev/null 2>&1 &
until pkaction >/dev/null 2>&1; do sleep 0.05; done
`;

describe.skipIf(missing)('root by pkexec', () => {
  let machine: ScratchMachine;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { extras: ['polkit'] });
    machine.know();
  });
  afterAll(() => machine?.stop());

  it('is reached where a rule allows it', async () => {
    const { state, text } = await attempt({ root: 'pkexec' }, machine.configFile);
    expect(state.status, text).toBe('ok');
  });

  it('is told as not to be had where polkit wants a desktop session', async () => {
    const plain = { connection: { kind: 'ssh', host: 'machine', user: 'plain' }, root: 'pkexec' } as const;
    const { state, text, secret } = await attempt(plain, machine.configFile, [{ at: /Password: $/, type: 'open\n' }]);
    expect(secret).toEqual([true]);
    expect(failure(state), text).toMatchObject({ name: 'root', trouble: { cause: expect.stringContaining('polkit'), next: expect.stringContaining('sudo') } });
    expect(text).not.toContain('open\r');
  });
});
