/** The test tone as RTP, and its numbers. Pure. Sources: RFC 3551 (payload types, clocks), RFC 3550 (header). */
import { codecs, type Parameters } from './parameters.ts';

/** Samples in a packet. G.722's encoder in FFmpeg makes packets of 320 whatever is asked for. */
const samples = { pcmu: 160, pcma: 160, g722: 320 } as const;

/** In milliseconds. */
export const packetTime = (codec: Parameters['codec']): number => (samples[codec] / codecs[codec].rate) * 1000;
/** Bytes without the 12 of the RTP header: one a sample for G.711, half a one for G.722. */
export const payloadBytes = (codec: Parameters['codec']): number => (codec === 'g722' ? samples[codec] / 2 : samples[codec]);
/** What an RTP time stamp counts, in Hz: 8000 for G.722 too, by an old mistake that RFC 3551 keeps. */
export const rtpClock = 8000;

/** For a computer on the LAN. PCM packets would be as large as the MTU without `asetnsamples`. A TTL of 1 would not be routed. */
export function toneCommand({ group, port, codec }: Pick<Parameters, 'group' | 'port' | 'codec'>, seconds = 60): string {
  const { encoder, rate } = codecs[codec];
  const packets = codec === 'g722' ? '' : ` -af asetnsamples=n=${samples[codec]}:p=0`;
  return `ffmpeg -re -f lavfi -i sine=frequency=440:sample_rate=${rate}:duration=${seconds} -ac 1${packets} -acodec ${encoder} -f rtp 'rtp://${group}:${port}?ttl=4'`;
}
