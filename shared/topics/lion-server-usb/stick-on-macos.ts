/** The stick, written on macOS: partitioned, restored, and looked at. */
import { anywhere, type CommandStep, confirmErasing, inOrder, type Script, type Step, sh } from '../../topic-kit/index.ts';
import { versionIn } from './package-choice.ts';
import { chosenDevice, imageFile, type Parameters } from './parameters.ts';
import { here } from './preparation-steps.ts';

/** Where the stick's volume is mounted: after the restore it has the name of the image's. */
export const macVolume = (values: Parameters): Script =>
  sh`$(stick=${anywhere(chosenDevice(values).path)}; mount | grep "^\${stick}s[0-9]* on " | sed 's/^[^ ]* on \\(.*\\) (hfs.*/\\1/' | tail -n 1)`;

export function writeStick(values: Parameters): CommandStep {
  const device = chosenDevice(values);
  return {
    kind: 'command',
    id: 'write-stick',
    title: 'Erase the stick and restore the image',
    act: 'Erase the stick',
    intro: 'Checks again that it is the chosen stick. Gives it a GUID partition table with one volume, and restores Lion’s installer there.',
    danger: 'destructive',
    runsOn: here,
    needsRoot: true,
    minutes: 20,
    long: true,
    confirm: confirmErasing(device),
    script: sh`LC_ALL=C; export LC_ALL
stick=${anywhere(device.path)}
told=$(diskutil info "$stick") || { echo ${'Refused: it is not there any more.'}; exit 3; }
name=$(printf '%s\\n' "$told" | sed -n 's/^.*Media Name: *//p' | sed 's/ *$//')
bytes=$(printf '%s\\n' "$told" | sed -n -e 's/^.*Disk Size: [^(]*(\\([0-9]*\\) Bytes.*/\\1/p' -e 's/^.*Total Size: [^(]*(\\([0-9]*\\) Bytes.*/\\1/p' | head -n 1)
[ "$name" = ${device.model} ] && [ "$bytes" = ${device.bytes} ] || { echo "Refused: $stick is a different device now: $name, $bytes bytes"; exit 3; }
diskutil partitionDisk "$stick" 1 GPT JHFS+ LionServer 100% || exit 1
part=$(diskutil list "$stick" | sed -n 's/.*Apple_HFS .* \\(disk[0-9]*s[0-9]*\\)$/\\1/p')
asr restore --source ${imageFile(values)} --target "${anywhere('/dev/')}$part" --erase --noprompt --noverify && echo ${'Restored.'}`,
    matchers: [
      {
        kind: 'failure',
        id: 'other-device',
        pattern: /^Refused: .* is a different device now/,
        means: 'A different stick is now in place of the chosen one. Nothing was written.',
        next: 'Take that one out, put the chosen one back, and run the step again. If it has another number now, start again.',
        remedies: ['put-back'],
      },
      {
        kind: 'failure',
        id: 'not-there',
        pattern: /^Refused: it is not there|Could not find disk/,
        means: 'The stick is not there. Nothing was written.',
        next: 'Put it in. If it has another number now, start a new run; otherwise run the step again.',
        remedies: ['put-back'],
      },
      {
        kind: 'failure',
        id: 'source-unreadable',
        pattern: inOrder(/\bsource\b/i, / Input\/output error/i),
        means: 'The image can’t be read: it is damaged, or the disk that it is on is. The stick is not to blame.',
        next: 'Copy the image to another disk; if that fails too, download the app again. Then run the step again.',
        remedies: ['load-again'],
      },
      {
        kind: 'failure',
        id: 'not-permitted',
        pattern: /Operation not permitted|Permission denied|Autorisation refus|Opération non autorisée|Vorgang nicht zulässig|Zugriff verweigert/i,
        means: 'macOS itself does not let the terminal do this, root or not.',
        next: 'System Settings, Privacy & Security, Full Disk Access: allow the program that Wrenchbook runs in (and Removable Volumes). Quit it and open it again, then run the step again.',
      },
      {
        kind: 'failure',
        id: 'asr-compare',
        pattern: /Checksum failed|Could not restore - Invalid argument/i,
        means: 'asr’s own checksums do not match Lion’s image. Newer systems compare it wrongly, so it would end like this every time.',
        next: 'Here asr runs without its own compare (--noverify), and the files are compared afterwards. If it still says so, make the stick on Linux, or on a Mac with 10.11 or older.',
      },
      {
        kind: 'failure',
        id: 'bad-stick',
        pattern: /^(?!.*\bsource\b).*Input\/output error/i,
        means: 'The stick can’t read or write one spot. It is broken and will lose more data.',
        next: 'Throw it away; start a new run with another stick.',
        noWayBack: true,
      },
      {
        kind: 'failure',
        id: 'too-small',
        pattern: /(not large enough|too small|source is bigger)/i,
        means: 'The image does not fit onto the stick.',
        next: 'Take one of at least 8 GB, in a new run.',
      },
      {
        kind: 'failure',
        id: 'not-scanned',
        pattern: /(needs to be imagescanned|Could not validate source(?! - (?:Input|Operation)))/i,
        means: 'The image lacks the checksums that asr compares with.',
        next: 'In a terminal, add them to a copy of the image: asr imagescan --source COPY. Put the copy in its place, and run the step again.',
      },
      {
        kind: 'failure',
        id: 'busy',
        pattern: /(Resource busy|Couldn.t unmount disk)/i,
        means: 'Something uses the stick.',
        next: 'Close what is open on it, and run the step again.',
      },
      {
        kind: 'expected',
        id: 'restored',
        pattern: /^Restored\.$/,
        means: 'asr wrote the image. What is on the stick is compared next.',
        missing: 'The image was not restored completely.',
        next: 'Read the lines above, and run the step again.',
      },
    ],
    verify: {
      script: sh`LC_ALL=C; export LC_ALL
volume=${macVolume(values)}
[ -n "$volume" ] || { echo ${'No stick: no volume of it is mounted'}; exit 1; }
at=$(mktemp -d "\${TMPDIR:-/tmp}/wb-lion.XXXXXX") && hdiutil attach -readonly -nobrowse -mountpoint "$at" ${imageFile(values)} > /dev/null && {
  # Links that lead nowhere in the image do so on the stick too; what the Mac adds by itself does not count.
  diff -rq "$at" "$volume" 2>&1 | grep -E -v -e 'No such file or directory' -e ': [.](Trashes|fseventsd|Spotlight-V100|DS_Store|TemporaryItems)$'
  [ ! -d "$at/Packages" ] || echo ${'Compared completely.'}
  hdiutil detach "$at" > /dev/null
}
rmdir "$at"`,
      matchers: [
        {
          kind: 'failure',
          id: 'stick-differs',
          pattern: /^(?:Files .* differ$|Only in |diff: )/,
          means: 'The stick is not the same as the image.',
          next: 'Run the step again. If other files differ then, take another stick.',
        },
        {
          kind: 'failure',
          id: 'no-volume',
          pattern: /^No stick: /,
          means: 'No volume of the stick is mounted, so that nothing can be compared.',
          next: 'Take the stick out and put it in again, wait until its volume is there, and run the step again.',
        },
        {
          kind: 'expected',
          id: 'stick-compared',
          pattern: /^Compared completely\.$/,
          means: 'Every file on the stick was read and compared with the image.',
          missing: 'The stick was not compared with the image completely.',
          next: 'Read the lines above, and run the step again.',
        },
      ],
    },
    irreversible: 'What was on the stick is overwritten.',
  };
}

export const checkStick = (values: Parameters): Step => ({
  kind: 'command',
  id: 'check-stick',
  title: 'Check which Lion is on the stick',
  intro: 'Reads SystemVersion.plist of the stick itself. It must be the Lion that the package was picked for.',
  danger: 'reads',
  runsOn: here,
  script: sh`volume=${macVolume(values)}
${versionIn(sh`"$volume"`)}
ls -d "$volume/Packages" > /dev/null && echo ${'Packages: there'}`,
  matchers: [
    {
      kind: 'equal',
      id: 'same-build',
      pattern: /^build=(\w+)$/,
      to: { fact: 'build' },
      means: 'The stick has the same Lion as the image.',
      differs: 'The stick has another Lion than the image.',
      next: 'Run the step that writes the stick again.',
    },
    {
      kind: 'expected',
      id: 'packages',
      pattern: /^Packages: there$/,
      means: 'The folder for packages is there.',
      missing: 'The stick has no folder "Packages": it is not Lion’s installer.',
      next: 'Look at the stick in the Finder. Run the step that writes it again.',
    },
  ],
});

export const ejectStick = (values: Parameters): Step => ({
  kind: 'command',
  id: 'eject',
  title: 'Eject the stick',
  act: 'Eject the stick',
  intro: 'Writes out everything that is still buffered.',
  danger: 'changes',
  runsOn: here,
  script: sh`diskutil eject ${anywhere(chosenDevice(values).path)}`,
  matchers: [
    {
      kind: 'failure',
      id: 'in-use',
      pattern: /(could not be|failed to) (unmount|eject)/i,
      means: 'Something still uses the stick.',
      next: 'Close what is open on it, and run the step again.',
    },
    {
      kind: 'expected',
      id: 'ejected',
      pattern: /^Disk \S+ ejected$/,
      means: 'It is safe to take it out.',
      missing: 'The stick was not ejected.',
      next: 'Run the step again.',
    },
  ],
  irreversible: 'To use it, plug it in again.',
});
