/** What the benchmark asks of the process that plays the product's main side. */
import type { Script } from '../../../shared/topic-kit/index.ts';
import type { ConnectTimes } from './connect-times.ts';

export interface HostCalls {
  /** Starts serving pages on loopback; returns the port. */
  listen(): Promise<number>;
  /** Starts a run of a script, kept as any run is, or with nothing kept; returns its id. */
  start(script: Script, way?: 'kept' | 'bare'): Promise<string>;
  /** Resolves when a text is among the last things the run's terminal showed. */
  printed(runId: string, text: string): Promise<void>;
  type(runId: string, data: string): Promise<void>;
  /** Resolves when the run's script has ended; the state of its step. */
  settled(runId: string): Promise<string>;
  /** Bytes that were on their way to the run's page, or in it and not shown, when it was most. */
  mostUnread(runId: string): Promise<number>;
  /** When a file of that name was made in the run's lab, in milliseconds since 1970; null where there is none. */
  madeInLab(runId: string, name: string): Promise<number | null>;
  end(runId: string): Promise<void>;
  /** Resident bytes: now, and the most there ever was. */
  memory(): Promise<{ now: number; peak: number }>;
  /** Milliseconds of `count` round trips of `true` through one session. */
  stepTimes(count: number): Promise<number[]>;
  /** Milliseconds that each of `count` writings and readings of a file of random bytes takes through one session of a shell, or over ssh. */
  fileTimes(shell: readonly [string, ...string[]], bytes: number, count: number, sshConfig?: string): Promise<{ write: number[]; read: number[] }>;
  /** See connect-times.ts. */
  connectTimes(sshConfig: string, rounds: number, steps: number): Promise<ConnectTimes>;
  doctorTimes(sshConfig: string, probes: number, hanging: number, rounds: number): Promise<DoctorTimes>;
}
export interface DoctorTimes {
  /** Milliseconds from the start to the last finding, of each round. */
  whole: number[];
  /** The same, from when the machine had said what it is: all probes. */
  probes: number[];
  /** Of the script, in bytes. */
  script: number;
  /** Probes that had an answer of their own, in the last round. */
  answered: number;
}
export interface HostRequest {
  id: number;
  call: keyof HostCalls;
  args: unknown[];
}
export interface HostReply {
  id: number;
  result?: unknown;
  error?: string;
}
