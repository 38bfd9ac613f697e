/** How a fleet is gone through, as words of the terminal command. */
import { InvalidArgumentError, Option } from 'commander';

export const serialOption = (text: string) => new Option('--serial <list>', text).argParser(serial);
export const maxFailOption = (text: string) => new Option('--max-fail <percent>', text).argParser(percent);

export const stopAtOption = () =>
  new Option(
    '--stop-at <hosts>',
    'once so many hosts have failed in all, no further batch begins; without --max-fail, any share of a batch may fail then',
  ).argParser(count);

const serial = (text: string) =>
  text.split(',').map((part) => {
    const word = part.trim();
    if (/^[1-9]\d{0,4}$/.test(word)) return Number(word);
    if (/^(?:[1-9]\d?|100)%$/.test(word)) return word;
    throw new InvalidArgumentError('Give numbers of hosts or percentages, such as 1,10,25%.');
  });

function count(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('Give a number of hosts, such as 3.');
  return Number(text);
}

function percent(text: string): number {
  const value = Number(text);
  if (!/^\d{1,3}$/.test(text) || value > 100) throw new InvalidArgumentError('Give a number from 0 to 100.');
  return value;
}
