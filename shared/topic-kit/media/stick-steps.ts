/** Steps by which an image comes onto a stick of this machine, with Wrenchbook's media writer. */
import { confirmingText, deviceTitle } from '../../api/device-value.ts';
import type { DeviceIdentity } from '../../api/media.ts';
import { anywhere, sh, type TargetFile } from '../script.ts';
import type { CommandStep, Confirmation } from '../step.ts';
import { checkMatchers, writeMatchers } from './writer-matchers.ts';

const here = 'this machine';

/** `source`: path of the image, packed or not. `sha256`: as its makers give it; empty where it is looked for beside it. */
export const checkImageStep = ({ source, sha256 = '' }: { source: string | TargetFile; sha256?: string }): CommandStep => ({
  kind: 'command',
  id: 'check-source',
  title: 'Check the image',
  intro: 'Determines what kind of image it is, and compares its checksum, before anything is erased.',
  danger: 'reads',
  runsOn: here,
  writer: true,
  script: sh`wbmedia check --source ${source}${sha256 ? sh` --sha256 ${sha256}` : sh``}`,
  matchers: checkMatchers,
});

/** What is typed before a stick is erased: its serial number, or its name where it has none. */
export const confirmErasing = (device: DeviceIdentity): Confirmation => ({
  object: `everything on ${deviceTitle({ ...device, serial: '' }).replace(', no serial number', '')}`,
  type: { text: confirmingText(device) },
  ask: device.serial ? 'Type the serial number of the stick to erase it' : 'Type the name of the stick to erase it',
  where: device.serial ? 'It is printed on some sticks. The form shows it where the stick was chosen.' : 'It is printed on the stick.',
});

/** `holes: 'leave'` for an image of our own that was made for an empty stick: what is not in it is not written. */
export const writeStickStep = ({ source, device, holes }: { source: string | TargetFile; device: DeviceIdentity; holes?: 'leave' }): CommandStep => ({
  kind: 'command',
  id: 'write-stick',
  title: 'Write the stick and compare it',
  act: 'Erase the stick and write it',
  intro: 'Opens the stick, checks its identity, writes it past the cache with the first block last, and reads all of it back.',
  danger: 'destructive',
  runsOn: here,
  needsRoot: true,
  minutes: 5,
  writer: true,
  confirm: confirmErasing(device),
  script: sh`wbmedia write --source ${source} --to ${anywhere(device.path)} --vendor ${device.vendor} --model ${device.model} --serial ${device.serial} --bytes ${device.bytes}${holes === 'leave' ? sh` --holes leave` : sh``}`,
  matchers: writeMatchers,
  hold: null,
  irreversible: 'What was on the stick is overwritten.',
});
