/** `wrenchbook devices`: the disks that an image could go to, and for each other one why not. */
import { deviceTitle } from '../../shared/topic-kit/index.ts';
import { makeApi } from '../../shared/wire/client.ts';
import type { Surroundings } from './commands.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { print, tell } from './output.ts';

export async function showDevices({ client }: Surroundings, options: { json?: boolean }): Promise<ExitStatus> {
  const devices = await makeApi(client.call).media.devices({});
  if (options.json) print(JSON.stringify(devices, null, 2));
  else if (devices.length === 0) tell('This machine shows no disks.');
  else
    for (const device of devices) {
      const words = [device.bus, ...device.partitions.map(({ name, content, label }) => `${name} ${[content, label].filter(Boolean).join(' ')}`.trim())];
      print(`${deviceTitle(device)}\n    ${words.filter(Boolean).join(' · ')}`);
      print(device.whyNot ? `    cannot be chosen: ${device.whyNot.message} ${device.whyNot.next}` : `    as a parameter: ${device.value}`);
    }
  return exitStatus.done;
}
