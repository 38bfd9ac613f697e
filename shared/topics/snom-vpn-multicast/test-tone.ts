/** A tone from the LAN, whose packets are counted where they leave. */
import { escapeRegExp, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { crossing } from './looks.ts';
import { codecs, type Parameters, tunnelsOf } from './parameters.ts';
import { packetTime, payloadBytes, rtpClock, toneCommand } from './tone.ts';

export const send = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'send',
  title: 'Send a test tone from the LAN',
  intro: `${codecs[values.codec].title}: payload type ${codecs[values.codec].payloadType}, a packet every ${packetTime(values.codec)} ms with ${payloadBytes(values.codec)} bytes, RTP clock ${rtpClock} Hz.`,
  danger: 'changes',
  runsOn: 'a computer on the LAN',
  instructions: [
    'Run the command on a computer on the LAN, not on this server. It plays for a minute.',
    'While it plays, continue here: the packets are counted for at most 30 seconds. All phones that listen play a tone of 440 Hz.',
  ],
  cards: [{ title: 'Test tone', lines: [toneCommand(values)], note: 'TTL 4: a packet with TTL 1 is never routed. VLC and some phones send with 1.' }],
  lab: sh`lab-mc-hand send`,
  verify: {
    script: crossing(values),
    matchers: [
      {
        kind: 'failure',
        id: 'no-stream',
        pattern: /^arrived=0$/,
        alone: true,
        means: 'No packet of a group arrived from the LAN.',
        next: 'Start the tone again. If it plays, a switch between keeps it back: check its IGMP snooping, and that a querier is there.',
        remedies: ['send-again'],
      },
      {
        kind: 'failure',
        id: 'not-routed',
        pattern: /^\S+ routed=0 .* not-routed$/,
        given: /^arrived=[1-9]/,
        alone: true,
        means: 'Packets arrive, but they are not routed: they have a TTL of 1.',
        next: 'Send with a larger one: "?ttl=4" at the end of the address.',
        remedies: ['send-again'],
      },
      {
        kind: 'failure',
        id: 'dropped',
        pattern: / dropped$/,
        alone: true,
        means: 'The packets are routed, and do not leave. A firewall drops them.',
        next: `Let ${values.group} pass in the chain FORWARD.`,
        remedies: ['open-firewall'],
      },
      ...tunnelsOf(values).map(
        (tunnel): Matcher => ({
          kind: 'expected',
          id: `through-${tunnel}`,
          pattern: new RegExp(`^${escapeRegExp(tunnel)} .* passes$`),
          means: `The packets leave through ${tunnel}.`,
          missing: `No packet left through ${tunnel}.`,
          next: 'Read the lines above.',
        }),
      ),
    ],
  },
  irreversible: 'The tone was played.',
});
