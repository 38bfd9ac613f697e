/** Starts the product's main side in a process of its own and calls into it. */
import { fork } from 'node:child_process';
import { builtHost } from '../workspace.ts';
import type { HostCalls, HostReply, HostRequest } from './host-calls.ts';

export interface HostProcess extends HostCalls {
  stop(): void;
}

export function startHost(): HostProcess {
  const child = fork(builtHost, [], { serialization: 'advanced' });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  child.on('message', (raw) => {
    const { id, result, error } = raw as HostReply;
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(error));
  });
  child.on('exit', () => {
    for (const call of waiting.values()) call.reject(new Error('The process of the main side ended.'));
  });
  const call = (name: keyof HostCalls, args: unknown[]) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      child.send({ id: lastId, call: name, args } satisfies HostRequest);
    });
  return new Proxy({} as HostProcess, {
    get: (_target, name: keyof HostCalls | 'stop') => (name === 'stop' ? () => child.disconnect() : (...args: unknown[]) => call(name, args)),
  });
}
