/** Rules for what the flasher's lists show of the card. */
import type { EqualMatcher, ExpectedMatcher, LineMatcher, SavedFact } from '../../topic-kit/index.ts';

/**
 * Matched against the raw line by `saves`, against the trimmed one by matchers. The dot stands for the tab where the UEFI shell's
 * `type` shows the saved list.
 */
const addressRow = /^[\s.]*SAS Address\s*:\s*([0-9a-f]{7}-[0-9a-f]-[0-9a-f]{4}-[0-9a-f]{4})$/i;

/** Name of the fact that carries the address through the run. */
export const addressFact = 'sasAddress';
/** Where an admin reads it, other than on the screen. */
export const addressPlace = 'It is printed on the sticker of the card. The list of controllers has it too.';

export const savedAddress: SavedFact = { id: addressFact, title: 'SAS address of the card', pattern: addressRow };

export const addressIsThere: ExpectedMatcher = {
  kind: 'expected',
  id: 'sas-address-read',
  pattern: addressRow,
  means: 'The SAS address of the card. It is kept in this run and on the stick.',
  missing: 'The list shows no SAS address.',
  next: 'Read the address from the sticker on the card and give it as a parameter before anything is erased.',
};

export const addressWasLost: LineMatcher = {
  kind: 'failure',
  id: 'sas-address-zero',
  pattern: /^SAS Address\s*:\s*0000000-0-0000-0000$/,
  means: 'The card has lost its SAS address already, before this run.',
  next: 'Read the address from the sticker on the card and start again with it as a parameter. Nothing was changed.',
};

/** The address in the output must be the one given by the admin (`text`, with dashes). */
export const addressAsGiven = (text: string): EqualMatcher => ({
  kind: 'equal',
  id: 'sas-address-as-given',
  pattern: addressRow,
  to: { text },
  means: 'The card has the SAS address that you gave.',
  differs: 'This is not the card you meant: its SAS address is different.',
  next: 'Check the sticker again. If two cards are in the server, take the other one out.',
});

/** The address in the output must be the one saved before the erase. */
export const addressKept: EqualMatcher = {
  kind: 'equal',
  id: 'sas-address-kept',
  pattern: addressRow,
  to: { fact: addressFact },
  means: 'The card still has the SAS address it had before.',
  differs: 'The card no longer has its SAS address.',
  next: 'Do not reboot. Program the saved address again; without one, no disk behind the card is found reliably.',
  remedies: ['program-sas-address'],
};

/** A write goes up only. */
export const laterPhase = (phase: number): LineMatcher => ({
  kind: 'failure',
  id: 'later-phase',
  pattern: new RegExp(`^Firmware Version\\s*:\\s*(?:${Array.from({ length: 40 - phase - 1 }, (_, more) => phase + 1 + more).join('|')})\\.`),
  text: `Firmware Version above ${phase}`,
  means: `The card has a later phase than ${phase}. A single write can only go up.`,
  next: 'Going down takes the whole procedure: erase, Dell’s image, P07, then that phase. Start again with that as what the card has.',
});

export const firmwareOfPhase = (phase: number): ExpectedMatcher => {
  const digits = String(phase).padStart(2, '0');
  return {
    kind: 'expected',
    id: 'firmware-version',
    pattern: new RegExp(`^Firmware Version\\s*:\\s*${digits}\\.`),
    means: `Firmware of phase ${phase} runs on the card.`,
    missing: `No firmware of phase ${phase} runs on the card.`,
    next: 'Compare with the line "Firmware Version" above. Write the image of this phase again.',
  };
};

const lastP20 = '20.00.07.00';
/** Of an image, and of a card. */
export const earlyP20 = {
  rule: 'early-p20',
  means: `Versions of P20 before ${lastP20} damage data under load.`,
  next: `Take the 2118it.bin of ${lastP20}.`,
};
export const olderP20: LineMatcher = {
  kind: 'warning',
  id: earlyP20.rule,
  pattern: /^Firmware Version\s*:\s*20\.00\.0[0-6]\./,
  text: `Firmware Version: 20.00.00.00 to 20.00.06.00`,
  means: earlyP20.means,
  next: `${earlyP20.next} Write it in the same way before disks are used behind this card.`,
};

export const itProduct: ExpectedMatcher = {
  kind: 'expected',
  id: 'it-product',
  pattern: /^Firmware Product ID\s*:\s*0x2213 \(IT\)$/,
  means: 'The card runs IT firmware for the SAS 9211-8i: disks are passed through as they are.',
  missing: 'The card does not run IT firmware for the SAS 9211-8i (0x2213).',
  next: 'Check which image was written. 0x2713 is the RAID (IR) firmware.',
};

export const stillDell: LineMatcher = {
  kind: 'harmless',
  id: 'still-dell',
  pattern: /^Board Name\s*:.*\bDell\b/,
  text: 'Board Name: Dell 6Gbps SAS HBA',
  means: 'The card still calls itself a Dell 6Gbps SAS HBA (PCI 1028:1f1c). Operating systems do not mind.',
};
