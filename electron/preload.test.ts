import { expect, it, vi } from 'vitest';
import { methods } from '../shared/api.ts';

const page = vi.hoisted(() => ({ exposed: [] as { name: string; value: Record<string, unknown> }[], channels: [] as string[] }));
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, value: Record<string, unknown>) => void page.exposed.push({ name, value }),
    exposeInIsolatedWorld: (_id: number, name: string, value: Record<string, unknown>) => void page.exposed.push({ name, value }),
  },
  ipcRenderer: { on: (channel: string) => void page.channels.push(channel), invoke: () => Promise.reject(new Error('not asked here')) },
}));

it('puts one thing into the page: the methods of the contract and three subscriptions, and no way to any channel', async () => {
  await import('./preload.ts');
  expect(page.exposed.map(({ name }) => name)).toEqual(['wrenchbook']);
  const value = page.exposed[0]?.value ?? {};
  const named = Object.entries(value).flatMap(([space, member]) =>
    typeof member === 'function' ? [space] : Object.keys(member as object).map((name) => `${space}.${name}`),
  );
  expect(named.sort()).toEqual([...Object.keys(methods), 'on', 'onConnection', 'onMisfit'].sort());
  expect(page.channels).toEqual(['wrenchbook:backend-port']);
});
