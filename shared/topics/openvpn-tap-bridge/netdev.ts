/** systemd.netdev(5): the [Bridge] section of the bridge's own file, or of a drop-in beside the one that netplan makes. */
import { type EditRefusal, sectionValue, setSectionKeys } from '../../topic-kit/index.ts';

const style = { separator: '=' } as const;
export type BridgeSettings = Readonly<Record<string, string>>;

/** Sets keys in [Bridge]; the section is made where it is missing. Everything else stays byte for byte. */
export function editNetdev(old: string, bridge: string, settings: BridgeSettings): string | EditRefusal {
  const named = sectionValue(old, 'NetDev', 'Name', style);
  const kind = sectionValue(old, 'NetDev', 'Kind', style);
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
  return setSectionKeys(old, 'Bridge', settings, style);
}

/** A drop-in of ours: nothing but the section. */
export const editDropIn = (old: string, settings: BridgeSettings): string => setSectionKeys(old, 'Bridge', settings, style);
