/** systemd.netdev(5): the [Bridge] section of the bridge's own file, or of a drop-in beside the one that netplan makes. */
import type { EditRefusal } from '../../topic-kit/index.ts';

export type BridgeSettings = Readonly<Record<string, string>>;

/** Sets keys in [Bridge]; the section is made where it is missing. Everything else stays byte for byte. */
export function editNetdev(old: string, bridge: string, settings: BridgeSettings): string | EditRefusal {
  const named = settingOf(old, 'NetDev', 'Name');
  const kind = settingOf(old, 'NetDev', 'Kind');
  if (named === bridge && kind !== undefined && kind.toLowerCase() !== 'bridge')
    return {
      rule: 'other-kind',
      means: `The file makes ${bridge} as a device of the kind "${kind}", which is not a bridge.`,
      next: 'Look for the file that makes the bridge with "grep -l Kind=bridge", and start a new run with it.',
    };
  if (named !== bridge)
    return {
      rule: 'other-device',
      means: `The file has no Name=${bridge}: it configures something else.`,
      next: 'Look for the file with "grep -l", and start a new run with it.',
    };
  return withSection(old, settings);
}

/** A drop-in of ours: nothing but the section. */
export const editDropIn = (old: string, settings: BridgeSettings): string => withSection(old, settings);

function withSection(old: string, settings: BridgeSettings): string {
  const lineEnd = old.includes('\r\n') ? '\r\n' : '\n';
  const lines = old === '' ? [] : old.split(/(?<=\n)/);
  // Sections of one name are one to systemd, and the last line counts: what is added comes into the last of them.
  const start = lines.findLastIndex((line) => /^\s*\[Bridge\]\s*$/.test(line));
  if (start < 0) {
    const whole = old === '' || old.endsWith('\n') ? old : `${old}${lineEnd}`;
    const gap = whole === '' || /\n\r?\n$/.test(whole) ? '' : lineEnd;
    return `${whole}${gap}[Bridge]${lineEnd}${Object.entries(settings)
      .map(([key, value]) => `${key}=${value}${lineEnd}`)
      .join('')}`;
  }
  const next = lines.findIndex((line, index) => index > start && /^\s*\[/.test(line));
  const section = lines.slice(start, next < 0 ? lines.length : next);
  for (const [key, value] of Object.entries(settings)) setKey(section, key, value, lineEnd);
  return [...lines.slice(0, start), ...section, ...(next < 0 ? [] : lines.slice(next))].join('');
}

/** The value that counts, or nothing. */
export function settingOf(text: string, section: string, key: string): string | undefined {
  let inside = false;
  let value: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const head = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1];
    if (head !== undefined) inside = head === section;
    const [, name, set] = /^\s*([A-Za-z0-9-]+)\s*=(.*)$/.exec(line) ?? [];
    if (inside && name === key) value = set?.trim();
  }
  return value;
}

/** The last one counts for systemd; it is the one that is changed. */
function setKey(section: string[], key: string, value: string, lineEnd: string): void {
  const at = section.findLastIndex((line) => new RegExp(`^\\s*${key}\\s*=`).test(line));
  if (at >= 0) {
    const line = section[at] as string;
    const same = new RegExp(`^\\s*${key}\\s*=\\s*${value}\\s*$`).test(line);
    if (!same) section[at] = `${key}=${value}${/\r?\n$/.exec(line)?.[0] ?? ''}`;
    return;
  }
  const last = section.findLastIndex((line) => line.trim() !== '');
  const line = section[last] as string;
  if (!line.endsWith('\n')) section[last] = `${line}${lineEnd}`;
  section.splice(last + 1, 0, `${key}=${value}${lineEnd}`);
}
