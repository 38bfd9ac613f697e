import { describe, expect, it } from 'vitest';
import { judge } from '../../topic-kit/index.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { withGroup } from './smcroute-conf.ts';
import { steps } from './steps.ts';
import { packetTime, payloadBytes, toneCommand } from './tone.ts';

const values = parameters.parse({ tunnels: 'tun0 tun1' });
const lines = 'mgroup from eth0 group 239.255.1.1\nmroute from eth0 group 239.255.1.1 to tun0 tun1\n';

describe('smcroute.conf', () => {
  it.each([
    ['nothing', '', lines],
    ['comments and another group', '# ours\nmgroup from eth0 group 239.1.1.1\n', `# ours\nmgroup from eth0 group 239.1.1.1\n${lines}`],
    ['no last line end, and CRLF', '# ours\r\n# end', `# ours\r\n# end\r\n${lines.replaceAll('\n', '\r\n')}`],
    ['what the source leaves: the second line alone', lines.split('\n')[1] as string, `${lines.split('\n')[1]}\n${lines.split('\n')[0]}\n`],
    ['other tunnels', 'mroute from eth0 group 239.255.1.1 to tun7\n', `mroute from eth0 group 239.255.1.1 to tun0 tun1\nmgroup from eth0 group 239.255.1.1\n`],
    ['a group that only begins alike', 'mgroup from eth0 group 239.255.1.11\n', `mgroup from eth0 group 239.255.1.11\n${lines}`],
  ])('with %s gets both lines, once', (_, old, wanted) => {
    expect(withGroup(old, values)).toBe(wanted);
    expect(withGroup(wanted, values)).toBe(wanted);
  });
});

it.each([
  ['pcmu', 20, 160],
  ['pcma', 20, 160],
  ['g722', 20, 160],
] as const)('the tone in %s: a packet every %d ms with %d bytes', (codec, ms, bytes) => {
  expect([packetTime(codec), payloadBytes(codec)]).toEqual([ms, bytes]);
  expect(toneCommand({ ...values, codec })).toMatch(/^ffmpeg -re .* 'rtp:\/\/239\.255\.1\.1:5004\?ttl=4'$/);
});

describe('the form', () => {
  it.each([
    { group: '224.0.0.251' },
    { group: '192.0.2.1' },
    { group: '239.255.1.256' },
    { lan: '-eth0' },
    { lan: 'a b' },
    { tunnels: 'tun0;id' },
    { tunnels: '' },
    { port: '80' },
  ])('does not take %j', (given) => expect(parameters.safeParse(given).success).toBe(false));
});

describe('the packets', () => {
  const verdicts = (output: string) => {
    const send = steps(values).find(({ id }) => id === 'send');
    const matchers = send && 'verify' in send ? (send.verify?.matchers ?? []) : [];
    return judge(matchers, { output, exitStatus: 0, facts: {} })
      .filter(({ kind }) => kind === 'failure')
      .map(({ rule }) => rule)
      .sort();
  };
  it.each([
    ['seen=52\narrived=50\ntun0 routed=50 sent=51 passes\ntun1 routed=50 sent=50 passes', []],
    ['seen=4\narrived=0\ntun0 routed=0 sent=3 not-routed\ntun1 routed=0 sent=0 not-routed', ['no-stream']],
    ['seen=1500\narrived=0\ntun0 routed=0 sent=3 not-routed\ntun1 routed=0 sent=0 not-routed', ['not-routed']],
    ['seen=50\narrived=50\ntun0 routed=50 sent=1 dropped\ntun1 routed=50 sent=50 passes', ['dropped']],
    ['', ['through-tun0', 'through-tun1']],
  ])('are judged: %j', (output, rules) => expect(verdicts(output)).toEqual(rules));
});

describe('the check', () => {
  const there =
    'iface eth0 up=yes multicast=yes address=192.0.2.1/24\niface tun0 up=yes multicast=yes address=10.8.0.1/24\niface tun1 up=yes multicast=yes address=10.8.1.1/24\n';
  const look = (output: string) => probe.judge({ output, exitStatus: 0 }, values);
  it.each([
    ['affected', `${there}tunnels=tun0 tun1 \nredirect=1\njoined=0\n`],
    ['affected', `${there}tunnels=tun0 tun1 \nredirect=1\nrouted=tun0\njoined=1\n`],
    ['already-fixed', `${there}tunnels=tun0 tun1 \nredirect=0\nrouted=tun0 tun1\njoined=1\n`],
    ['not-affected', `${there}tunnels=\nredirect=0\njoined=0\n`],
    ['unknown', `iface eth0 missing\ntunnels=tun0 tun1 \nredirect=1\njoined=0\n`],
    ['unknown', ''],
  ])('says %s', (verdict, output) => expect(look(output)).toMatchObject({ verdict }));
  it('proposes the tunnels that are there', () =>
    expect(look(`${there}tunnels=tun3 tun4 \nredirect=1\njoined=0\n`).proposes).toEqual([expect.objectContaining({ field: 'tunnels', value: 'tun3 tun4' })]));
});
