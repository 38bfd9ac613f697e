/** What the card's chip says of itself: what helps depends on where in the procedure it is. */
import { type LineMatcher, oneOf } from '../../topic-kit/index.ts';
import { failure } from './flasher-failure.ts';
import { halfDone } from './parameters.ts';

const faulted = /Firmware fault occurred/;
const written = /Firmware Flash Successful/i;

/** Where in the procedure the card is: what helps, and what a reboot does, depends on it. */
export type Stage = 'before' | 'erased' | 'rebooted';

const dellNext: Readonly<Record<Stage, string>> = {
  before: `Do not reboot, and erase nothing: there is nothing to erase. Start again with "${halfDone}" as what the card has, and the SAS address from its sticker: that way begins with Dell’s image.`,
  erased: 'Do not reboot. Write Dell’s image again.',
  rebooted: 'Do not reboot. Write Dell’s image again, and what follows it.',
};
const answerNext: Readonly<Record<Stage, string>> = {
  before: `Was LSI’s P07 image written in an earlier run? Then reboot the server and list the card again. If not, do not reboot: start again with "${halfDone}".`,
  erased: 'Run the step again. If LSI’s P07 image has been written, a reboot is what helps; before that, do not reboot.',
  rebooted: 'Reboot the server, then look again.',
};

/** `remedies` that lead to a step which lies ahead are taken out when the steps are put in their order. */
export const chipAt = (stage: Stage): readonly LineMatcher[] => [
  {
    kind: 'warning',
    id: 'host-boot',
    pattern: /Chip is in (FAULT|RESET) state/,
    means: 'No firmware runs on the card. The flasher tries to lend it the one from the file.',
    next: 'Wait: "Firmware Host Boot Successful" must follow. Do not reboot.',
  },
  failure(
    'host-boot-failed',
    /Firmware Host Boot Failed/,
    'The card does not start from the file either. Usually it was restarted with an empty flash.',
    'Take all power from the server for 30 seconds (a reset is not enough), start from the stick and write Dell’s image again. That often helps, not always.',
    ['power-cycle'],
  ),
  failure(
    'host-boot-limit',
    /Host ?Boot limit reached/i,
    'The flasher has used up its tries to lend the card a firmware.',
    'Take all power from the server for 30 seconds (a reset is not enough), start from the stick and run the step again.',
    ['power-cycle'],
  ),
  {
    ...failure(
      'firmware-dead',
      faulted,
      'The card’s processor stops with a fault before any firmware can be lent to it. Its flash holds half an image, and no flasher can reach it any more. This cannot be undone.',
      'Keep the saved SAS address. What is left: program the flash chip and the start-up record (SBR) with a chip programmer, or replace the card.',
    ),
    given: /Host ?Boot Failed/i,
    unless: written,
    noWayBack: true,
  },
  {
    ...failure(
      'fault-after-write',
      faulted,
      'The image is written, and the card stopped with a fault when it restarted with it. That is known of codes such as 704 and D04, and does not mean that the card is lost.',
      stage === 'before'
        ? dellNext.before
        : 'Reboot only if LSI’s image was written. Else write Dell’s image again; if it fails again, take all power away for 30 seconds and write it again.',
      ['write-dell-again', 'reboot-first', 'power-cycle'],
    ),
    given: written,
  },
  {
    ...failure(
      'firmware-fault',
      faulted,
      'The card’s processor stopped with a fault. Whether a firmware can be lent to it is not known yet.',
      'Take all power from the server for 30 seconds (a reset is not enough), start from the stick and run the step again.',
      ['power-cycle'],
    ),
    unless: oneOf(/Host ?Boot Failed/i, written),
  },
  failure('firmware-exception', /Firmware Returned Exception/i, 'The card’s firmware refused the command.', 'Do not reboot. Run the step again.'),
  failure(
    'needs-firmware',
    /Controller (is )?not operational|Selected Adapter does not have valid firmware/i,
    'The card has no firmware that runs.',
    dellNext[stage],
    ['write-dell-again'],
  ),
  failure(
    'waits-for-reboot',
    /Failed to upload image/i,
    'The card cannot answer: it still runs its old firmware from memory, as it does from the end of the P07 step until the reboot, or it is half done.',
    answerNext[stage],
    ['reboot-first'],
  ),
];
