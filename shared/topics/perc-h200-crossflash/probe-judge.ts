/** What is made of the look at a running server. Pure. */
import type { ProbeJudgement } from '../../topic-kit/index.ts';
import { phaseNumber, phases } from './parameters.ts';

const h200: Readonly<Record<string, string>> = { '1f1d': 'h200-adapter', '1f1e': 'h200-integrated', '1f1f': 'h200-modular', '1f20': 'h200-embedded' };

/** The phase of firmware that goes with a driver: its own; P20, the last one, with every later driver. Null where none is offered for it. */
export function phaseFor(driver: string): (typeof phases)[number] | null {
  const major = Number.parseInt(driver, 10);
  return phases.findLast((phase) => phaseNumber(phase) <= major) ?? null;
}

type Proposal = NonNullable<ProbeJudgement['proposes']>[number];
type Finding = ProbeJudgement['findings'][number];

export function judgeServer(found: ReadonlyMap<string, string>): ProbeJudgement {
  const read = (name: string) => found.get(name) ?? '';
  const count = (name: string) => Number(read(name) || 0);
  const [device = '', subsystem = ''] = read('id').split(' ');
  const [vendor = '', model = ''] = subsystem.split(':');
  const [firmware, driver] = [read('firmware'), read('driver')];
  const wanted = phaseFor(driver);
  const [phase = 0, minor = 0, unit = 0] = firmware.split('.').map(Number);
  const raid = count('raid') > 0;
  const errors = count('iucrc') + count('aborted');
  const fits = wanted !== null && phase === phaseNumber(wanted);
  const findings: Finding[] = [
    { label: 'Card', value: read('id') && `1000:${device}, subsystem ${subsystem}`, means: cardMeans(device, vendor, model), speaks: 'neither' },
    { label: 'Firmware', value: firmware, means: raid ? 'RAID (IR) firmware.' : 'Its first number is the phase.', speaks: raid ? 'for' : 'neither' },
    {
      label: 'Driver',
      value: driver,
      means: wanted === null ? 'No phase offered here matches it.' : `${wanted} matches it.`,
      speaks: firmware === '' || wanted === null || raid ? 'neither' : fits ? 'against' : 'for',
    },
    {
      label: 'Errors of a mismatch',
      value: `iuCRC ${count('iucrc')}, 804b ${count('aborted')}`,
      means: 'Number of such lines in the kernel’s messages.',
      speaks: errors > 0 ? 'for' : 'neither',
    },
  ];
  const card = vendor === '1028' ? h200[model] : undefined;
  const propose = (cardHas: string, because: string): Proposal[] => [
    { field: 'cardHas', value: cardHas, because },
    ...(wanted === null ? [] : [{ field: 'finalPhase', value: wanted, because: `The driver is ${driver}.` }]),
    ...(card === undefined ? [] : [{ field: 'card', value: card, because: `Its subsystem is ${subsystem}.` }]),
  ];
  const say = (verdict: ProbeJudgement['verdict'], because: string, next: string, proposes: Proposal[] = []): ProbeJudgement => ({
    verdict,
    because,
    next,
    findings,
    proposes,
  });

  if (read('tool') === '') return say('unknown', 'Neither lspci nor pciconf is there.', 'Install pciutils, and check again.');
  if (device === '') return say('not-affected', 'There is no SAS2008 card of LSI in this server.', 'Nothing needs to be done.');
  if (device === '0073' || model === '1f20') return say('not-affected', cardMeans(device, vendor, model), 'This procedure must not be used on it.');
  if (vendor !== '1028') return say('not-affected', 'The card is not a Dell PERC H200.', 'LSI’s own cards take LSI’s images directly.');
  if (count('dead') > 0 && firmware === '')
    return say(
      'affected',
      'The driver finds no running firmware on the card.',
      'Do not restart it again. Start the run.',
      propose('nothing', 'No firmware runs.'),
    );
  if (firmware === '')
    return say(
      'unknown',
      'The kernel’s messages do not say which firmware the card has: the messages since boot are no longer complete.',
      'Check again after the next boot of the server.',
    );
  if (raid || (phase === 7 && minor > 0))
    return say('affected', `Dell’s firmware ${firmware} runs on the card.`, 'Start the run.', propose('whole', 'Dell’s firmware is on it.'));
  if (wanted === null) return say('unknown', 'It is not known which phase matches the driver.', 'Find out which driver this system has.');
  if (!fits) {
    const up = phase < phaseNumber(wanted);
    const way = up ? 'One write brings it up.' : 'Going down takes the whole procedure, from the erase on.';
    return say('affected', `Firmware of phase ${phase} runs with a driver that needs ${wanted}. ${way}`, 'Start the run.', propose(up ? 'lsi' : 'whole', way));
  }
  if (phase === 20 && unit < 7)
    return say(
      'affected',
      `Firmware ${firmware} damages data under load; 20.00.07.00 does not.`,
      'Start the run.',
      propose('lsi', 'A later version of the same phase is one write.'),
    );
  return say('already-fixed', `IT firmware ${firmware} runs, and the driver wants ${wanted}.`, 'Nothing needs to be done.');
}

function cardMeans(device: string, vendor: string, model: string): string {
  if (device === '') return 'There is no SAS2008.';
  if (device === '0073') return 'Its start-up record makes it a MegaRAID controller, as on the PERC H310 and the ServeRAID M1015. sas2flash does not see it.';
  if (vendor === '1028' && model === '1f20') return 'A PERC H200 Embedded: soldered to the mainboard, and it can’t be rescued in another computer.';
  if (vendor === '1028' && model === '1f1c') return 'It calls itself Dell 6Gbps SAS HBA, as every crossflashed H200 does.';
  return vendor === '1028' && h200[model] !== undefined ? 'A Dell PERC H200.' : 'A SAS2008, but not a PERC H200.';
}
