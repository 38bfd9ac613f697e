/** Two networks of their own: this machine reaches the near place, and only the near place reaches the far one. */
import { execFileSync, spawnSync } from 'node:child_process';

/** Why there can be none here; null where there can. */
export const whyNoNetworks: string | null =
  spawnSync('ip', ['-V']).status !== 0
    ? 'there is no ip (package iproute2)'
    : spawnSync('unshare', ['--net', 'ip', 'link', 'add', 'wb-try', 'type', 'veth']).status !== 0
      ? 'this machine makes no network namespaces or no veth'
      : null;

interface Place {
  namespace: string;
  address: string;
}

export class TwoNetworks {
  readonly near: Place;
  readonly far: Place;
  private readonly wire: string;

  constructor() {
    // 198.18.0.0/15 is for tests (RFC 2544); names and numbers are this process's, as several tests may run at once.
    const number = process.pid % 240;
    const id = String(process.pid);
    this.near = { namespace: `wb-near-${id}`, address: `198.18.${number}.2` };
    this.far = { namespace: `wb-far-${id}`, address: `198.19.${number}.2` };
    this.wire = `wb${id}`;
    try {
      for (const { namespace } of [this.near, this.far]) ip('netns', 'add', namespace);
      ip('link', 'add', this.wire, 'type', 'veth', 'peer', 'name', 'outer', 'netns', this.near.namespace);
      ip('-n', this.near.namespace, 'link', 'add', 'inner', 'type', 'veth', 'peer', 'name', 'outer', 'netns', this.far.namespace);
      join(null, this.wire, `198.18.${number}.1`);
      join(this.near.namespace, 'outer', this.near.address);
      join(this.near.namespace, 'inner', `198.19.${number}.1`);
      join(this.far.namespace, 'outer', this.far.address);
    } catch (thrown) {
      this.remove();
      throw thrown;
    }
  }

  remove(): void {
    spawnSync('ip', ['link', 'del', this.wire]);
    for (const { namespace } of [this.near, this.far]) spawnSync('ip', ['netns', 'del', namespace]);
  }
}

function join(namespace: string | null, wire: string, address: string): void {
  const there = namespace === null ? [] : ['-n', namespace];
  ip(...there, 'address', 'add', `${address}/30`, 'dev', wire);
  ip(...there, 'link', 'set', 'dev', wire, 'up');
}

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: 'pipe' });
