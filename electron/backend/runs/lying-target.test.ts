/** A target whose sshd starts a helper of its own making: what it says is data, it costs its session, and the record says so and stays sound. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Step, sh } from '../../../shared/topic-kit/index.ts';
import { ScratchMachine, whyNoScratchMachine } from '../real/scratch-machine.test-kit.ts';
import { readJournal } from './journal.ts';
import { SmallRun } from './small-run.test-kit.ts';

if (whyNoScratchMachine) console.log(`A target that lies is not tried: ${whyNoScratchMachine}.`);

/** Says what stands in /tmp/ready of itself, and what stands in /tmp/end for the end of each script. */
const setUp = `cat >/bin/lying <<'SH'
#!/bin/sh
token=$(printf '%s' "$SSH_ORIGINAL_COMMAND" | sed -n 's/.*_wb_token=\\([0-9a-f]*\\).*/\\1/p')
mark() { printf '\\033]6973;%s;%s;%s\\007' "$1" "$q" "$2"; q=$((q + 1)); }
stty -echo -isig
printf '\\033]6973;hello;%s\\007' "$token"
while IFS= read -r l; do
  case $l in
  _wb_nonce=*) n=\${l#_wb_nonce=} ;;
  "$token end") break ;;
  esac
done
q=0
mark "$n" "$(cat /tmp/ready)"
while IFS= read -r l; do
  case $l in
  "$n run "*) k=\${l#"$n run "} ;;
  "$n end"*) mark "$k" begin; echo 'output of a lying target'; mark "$k" "$(cat /tmp/end)" ;;
  "$n bye") exit ;;
  esac
done
SH
chmod 755 /bin/lying
`;
const step: Step = { kind: 'command', id: 'who', title: 'who', intro: '', danger: 'reads', runsOn: '', script: sh`id`, matchers: [] };

describe.skipIf(whyNoScratchMachine)('a target that lies', () => {
  let machine: ScratchMachine;
  let run: SmallRun;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, ['ForceCommand /bin/lying']);
    machine.know();
  });
  afterAll(() => machine?.stop());
  afterEach(() => run?.end());

  it.each([
    ['ready;abc;Linux', 'end;0', /it said "ready;abc;Linux" of itself/],
    ['ready;1e999;Linux', 'end;0', /it said "ready;1e999;Linux" of itself/],
    ['ready;1000;Linux', 'end;abc', /it said "end;abc" for the end of a script/],
    ['ready;1000;Linux', 'end;', /it said "end;" for the end of a script/],
    ['ready;1000;Linux', 'end;-1e3', /it said "end;-1e3" for the end of a script/],
    ['ready;0;\x1b[2J\x1b[Hx', 'end;0', null],
  ])('says %j and %j', async (ready, end, told) => {
    machine.asRoot(`printf %s '${ready}' >/tmp/ready; printf %s '${end}' >/tmp/end`);
    run = new SmallRun([step], undefined, { kind: 'ssh', host: 'machine' }, { sshConfig: machine.configFile });
    const { status, trouble } = await run.act((controller) => controller.advance('who'));
    expect(status).not.toBe('running');
    await run.reopen();
    const { events, findings } = readJournal(run.folder);
    expect(findings).toEqual([]);
    expect(JSON.stringify(events)).not.toMatch(/\\u001b/);
    if (!told) return;
    expect(trouble?.message).toMatch(told);
    expect(events).toContainEqual(expect.objectContaining({ type: 'session-ended', how: 'lost', detail: expect.stringMatching(told) }));
    expect(run.state.offers.map(({ action }) => action)).toContain(status === 'waiting' ? 'advance' : 'retry');
  });
});
