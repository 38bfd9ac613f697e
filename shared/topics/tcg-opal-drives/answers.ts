/** What the tools say of a drive, read from their outputs. Pure. What could not be read is unknown, and never "no". */

export interface DriveAnswer {
  name: string;
  model: string;
  kind: 'ata' | 'nvme' | 'other';
  opal: '2.0' | '1.0' | 'yes' | 'no' | 'unknown';
  ieee1667: 'yes' | 'no' | 'unknown';
  /** Of Opal's locking; null where it is not known. */
  locking: { enabled: boolean; locked: boolean } | null;
  /** Why something is not known, or how it is. */
  because: string;
}

/** `== TOOL DRIVE` begins what a tool says. */
export function sections(output: string): Map<string, string> {
  const found = new Map<string, string>();
  let key = '';
  for (const line of output.split('\n')) {
    const [, tool, drive] = /^== (\S+) (\S+)\s*$/.exec(line) ?? [];
    if (tool !== undefined) {
      key = `${tool} ${drive}`;
      found.set(key, found.get(key) ?? '');
    } else if (key !== '') found.set(key, `${found.get(key) ?? ''}${line.trimEnd()}\n`);
  }
  return found;
}

/** `--scan`: which standards, by drive; NVMe drives as their controller. Blank: it says "No". */
export function readScan(text: string): Map<string, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, drive, standards] = /^\/dev\/(\S+) +(No|[12ELPpr]{1,4})(?: |$)/.exec(line) ?? [];
      return drive === undefined || standards === undefined ? [] : [[drive, standards === 'No' ? '' : standards] as const];
    }),
  );
}

export interface Query {
  opal1: boolean;
  opal2: boolean;
  enterprise: boolean;
  locking: DriveAnswer['locking'];
}
/** `--query`; null where it has no answer of the drive's. */
export function readQuery(text: string): Query | null {
  if (!/function \(0x0001\)/.test(text)) return null;
  const [, locked, enabled] = /Locked = ([YN]), LockingEnabled = ([YN])/.exec(text) ?? [];
  return {
    opal1: /function \(0x0200\)/.test(text),
    opal2: /function \(0x0203\)/.test(text),
    enterprise: /function \(0x0100\)/.test(text),
    locking: locked === undefined ? null : { locked: locked === 'Y', enabled: enabled === 'Y' },
  };
}

/** Word 48 of `hdparm --Istdout`: whether the drive has the Trusted Computing feature set; null where it does not say. */
export function readTrusted(text: string): boolean | null {
  const words = text.split('\n').flatMap((line) => (/^[0-9a-f]{4}(?: [0-9a-f]{4}){7}$/i.test(line.trim()) ? line.trim().split(' ') : []));
  const word = Number.parseInt(words[48] ?? '', 16);
  return words.length !== 256 || (word & 0xc000) !== 0x4000 ? null : (word & 1) === 1;
}

/** The list of security protocols, as `nvme security-recv` prints bytes; null where there is none. */
export function readProtocols(text: string): number[] | null {
  const bytes = text.split('\n').flatMap((line) => {
    const [, hex] = /^[0-9a-f]{4}: ((?:[0-9a-f]{2}(?: |$)){1,16})/i.exec(line) ?? [];
    return hex === undefined
      ? []
      : hex
          .trim()
          .split(' ')
          .map((byte) => Number.parseInt(byte, 16));
  });
  const [high, low] = bytes.slice(6, 8);
  if (high === undefined || low === undefined) return null;
  const count = high * 256 + low;
  return bytes.length < 8 + count || count === 0 ? null : bytes.slice(8, 8 + count);
}

const modelOf = (smartctl: string, nvme: string, hdparm: string) =>
  (/^(?:Device Model|Model Number|Product):(.*)/m.exec(smartctl) ?? /^mn +:(.*)/m.exec(nvme) ?? /Model Number:(.*)/.exec(hdparm))?.[1]?.trim() ?? '';

export function answersIn(output: string): DriveAnswer[] {
  const found = sections(output);
  const allowed = /^allow_tpm=(\S+)/m.exec(output)?.[1] ?? 'none';
  const hasSedutil = /^tool\.sedutil-cli=yes/m.test(output);
  const scan = readScan(found.get('scan all') ?? '');
  return [...found.keys()].flatMap((key) => {
    const [, name] = /^drive (\S+)$/.exec(key) ?? [];
    if (name === undefined) return [];
    const said = (tool: string) => found.get(`${tool} ${name}`) ?? '';
    const kind = name.startsWith('nvme') ? 'nvme' : /ATA device/.test(said('hdparm')) ? 'ata' : 'other';
    const model = modelOf(said('smartctl'), said('nvme'), said('hdparm'));
    const protocols = readProtocols(said('protocols'));
    const ieee1667 = protocols === null ? 'unknown' : protocols.includes(0xee) ? 'yes' : 'no';
    const answer = (opal: DriveAnswer['opal'], because: string, locking: DriveAnswer['locking'] = null): DriveAnswer[] => [
      { name, model, kind, opal, ieee1667, locking, because },
    ];
    const query = readQuery(said('sedutil'));
    if (query) {
      const why = query.enterprise ? 'It has the TCG Enterprise standard.' : 'The drive says so.';
      return answer(query.opal2 ? '2.0' : query.opal1 ? '1.0' : 'no', why, query.locking);
    }
    if (kind === 'other')
      return /\bUSB bridge|Unknown USB/i.test(said('smartctl'))
        ? answer('unknown', 'It is behind a USB bridge, which hides this. Connect it directly.')
        : answer('unknown', 'It is not an ATA device, or a RAID controller hides it.');
    if (kind === 'nvme') {
      if (/Security Send and Receive Not Supported/.test(said('nvme'))) return answer('no', 'It takes no security commands.');
      if (protocols)
        return protocols.some((one) => one === 1 || one === 2)
          ? answer('yes', 'It lists TCG’s protocols; the version is not known without sedutil.')
          : answer('no', 'It lists no protocol of TCG.');
      const short = scan.get(name.replace(/n\d+$/, ''));
      return short === '' && /Supported/.test(said('nvme'))
        ? answer('no', 'sedutil says so.')
        : answer('unknown', 'It could not be asked: run as root, with nvme-cli.');
    }
    const trusted = readTrusted(said('words'));
    if (trusted === false) return answer('no', 'It says that it has no Trusted Computing.');
    if (allowed !== '1' && allowed !== 'Y') return answer('unknown', 'The kernel keeps TCG commands from SATA drives (allow_tpm).');
    if (!hasSedutil)
      return answer(trusted ? 'yes' : 'unknown', trusted ? 'It has Trusted Computing; the version is not known without sedutil.' : 'sedutil is missing.');
    return scan.get(name) === '' ? answer('no', 'sedutil says so.') : answer('unknown', 'sedutil has no answer of it.');
  });
}
