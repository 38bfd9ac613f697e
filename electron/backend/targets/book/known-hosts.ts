/** The names in known_hosts. Lines are sshd(8)'s: `[@marker] names keytype key [comment]`. */

interface KnownName {
  host: string;
  port?: number;
}

/** Patterns, certificate authorities and revoked keys name no machine. `hashed` counts names that nobody can read back. */
export function knownNames(text: string): { names: KnownName[]; hashed: number } {
  const names = new Map<string, KnownName>();
  let hashed = 0;
  for (const line of text.split(/\r?\n/)) {
    const [field = ''] = line.trim().split(/\s+/);
    if (field === '' || field.startsWith('#') || field.startsWith('@')) continue;
    if (field.startsWith('|')) {
      hashed += 1;
      continue;
    }
    for (const name of field.split(',')) if (!/[*?!]/.test(name)) names.set(name, parted(name));
  }
  return { names: [...names.values()], hashed };
}

function parted(name: string): KnownName {
  const [, host, port] = /^\[(.+)\]:(\d+)$/.exec(name) ?? [];
  return host === undefined ? { host: name } : { host, ...(port === '22' ? {} : { port: Number(port) }) };
}
