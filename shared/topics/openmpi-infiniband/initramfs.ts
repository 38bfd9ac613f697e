/** The initramfs, from which the driver may be loaded: made again with the option in it, and put back. */
import { fact, file, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { inImage, setImage } from './reading.ts';

const common = { runsOn: 'the node', needsRoot: true } as const;

export function imageStep({ initramfs }: Parameters): Step {
  const kept = '/var/lib/wrenchbook/initramfs';
  const place = sh`number=1; while [ -e ${file(kept)}/$(uname -r).$number ]; do number=$((number + 1)); done; place=${file(kept)}/$(uname -r).$number`;
  const sum = sh`${setImage(initramfs)}
if [ -f "$image" ]; then printf 'image.sum=%s\\n' "$(cksum < "$image" | tr ' ' -)"; else echo image.sum=none; fi`;
  return {
    ...common,
    kind: 'command',
    id: 'initramfs',
    title: 'Make the initramfs again',
    intro: 'Keeps a copy of the image first, and puts it back if the new one cannot be made. Undo puts it back, too.',
    danger: 'changes',
    minutes: 2,
    before: {
      script: sh`${sum}
${place}
echo "place=$place"`,
      saves: [
        { id: 'image-sum', title: 'Old image', pattern: /^image\.sum=(\d+-\d+)$/ },
        { id: 'image-place', title: 'Its copy', pattern: /^place=(\S+)$/ },
      ],
      matchers: [
        {
          kind: 'failure',
          id: 'no-image',
          pattern: /^image\.sum=none$/,
          means: 'The running kernel has no image under the usual name in /boot.',
          next: 'Look into /boot. Make the image by hand as this system does, and continue without this step.',
        },
      ],
    },
    script: sh`state=$(${inImage(initramfs)})
case $state in *image.options=same* | *image.options=not-needed*) echo 'There is nothing to do for this image.'; exit ;; esac
${setImage(initramfs)}
${place}
mkdir -p -m 700 ${file(kept)}
cp -p "$image" "$place.new" && mv "$place.new" "$place" || { rm -f "$place.new"; rmdir ${file(kept)} 2> /dev/null; echo copy=no; exit 1; }
${initramfs === 'dracut' ? sh`dracut -f "$image" "$(uname -r)"` : sh`update-initramfs -u -k "$(uname -r)"`} && [ -s "$image" ] ||
  { echo built=no; cp -p "$place" "$image" && rm -f "$place"; rmdir ${file(kept)} 2> /dev/null; exit 1; }`,
    matchers: [
      {
        kind: 'failure',
        id: 'no-copy',
        pattern: /^copy=no$/,
        means: 'The old image could not be copied. Nothing was changed.',
        next: 'Make room in /var, and run the step again.',
      },
      {
        kind: 'failure',
        id: 'not-built',
        pattern: /^built=no$/,
        means: 'The new image could not be made. The old one is in its place again.',
        next: 'Read the lines above it. Often /boot is full: remove an old kernel, and run the step again.',
        remedies: ['room'],
      },
      { kind: 'harmless', id: 'no-space', pattern: /No space left on device/, text: 'No space left on device', means: 'A disk is full.' },
      {
        kind: 'harmless',
        id: 'gave-up',
        pattern: /^(?:update-initramfs: failed for |E: (?:mkinitramfs failure|dracut: creation of ))/,
        text: 'update-initramfs: failed for …',
        means: 'The image was not made. What is said before it is why.',
      },
      {
        kind: 'harmless',
        id: 'dracut-notes',
        pattern: /^dracut(?:\[\w\])?: .*(?:will not be installed|could not be found|cannot be found)/,
        text: "dracut module '…' will not be installed, because command '…' could not be found!",
        means: 'dracut leaves out what this system does not have.',
      },
    ],
    statusTells: true,
    verify: {
      script: inImage(initramfs),
      matchers: [
        {
          kind: 'expected',
          id: 'in-image',
          pattern: /^image\.options=(?:same|not-needed)$/,
          means: 'The driver has the option from the image, or is not in it and has it from the system.',
          missing: 'The driver is in the image, and the option is not.',
          next: 'Read "man dracut.conf" of this version for how a file is put into the image.',
        },
      ],
    },
    undo: sh`${setImage(initramfs)}
place=${file(fact('image-place'))}
if [ -e "$place" ]; then cp -p "$place" "$image.new" && mv "$image.new" "$image" && rm -f "$place"; rmdir ${file(kept)} 2> /dev/null || true; else echo 'The image was not made again.'; fi`,
    undone: {
      script: sum,
      matchers: [
        {
          kind: 'equal',
          id: 'image-back',
          pattern: /^image\.sum=(.*)$/,
          to: { fact: 'image-sum' },
          means: 'The old image is in its place, byte for byte.',
          differs: 'It is not the old image.',
          next: `Look into ${kept}.`,
        },
      ],
    },
  };
}
