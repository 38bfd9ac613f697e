/** The way by startup.nsh in the lab: the scripts are really gone through there, their logs judged, failures stop where they should. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { lab } from './lab.ts';
import { misfit, parameters } from './parameters.ts';
import { Rehearsal } from './rehearsal.test-kit.ts';

const open: Rehearsal[] = [];
const rehearse = (failure: string | null = null, values: Record<string, string | boolean> = {}) => {
  const rehearsal = new Rehearsal(failure, { way: 'script', ...values });
  open.push(rehearsal);
  return rehearsal;
};
afterEach(() => {
  for (const rehearsal of open.splice(0)) rehearsal.lab.remove();
});

describe('the way by startup.nsh', () => {
  it('ends with the same card as the live way, and with the logs on the stick', () => {
    const rehearsal = rehearse(null, { leaveOutBootRom: false });
    expect(rehearsal.goOn()).toBeNull();
    expect(rehearsal.facts).toEqual({ sasAddress: '5782bcb-0-1234-5600' });
    expect(rehearsal.lab.state()).toMatchObject({ image: 'lsi', fw: '20.00.07.00', product: '0x2213', sas: '5782bcb012345600', bios: '07.39.02.00' });
    expect(rehearsal.done).toEqual([
      ...['check-files', 'lay-out-stick', 'lay-out-scripts', 'boot-server', 'list-controllers', 'save-sas-address', 'allow-erase', 'run-script'],
      ...['erase', 'write-dell', 'check-dell', 'write-p07', 'reboot', 'check-after-reboot', 'write-final', 'write-boot-rom', 'final-check'],
    ]);
    expect(rehearsal.lab.script('cat stick/SAS-ADDRESS.TXT').output).toContain('5782bcb-0-1234-5600');
  });

  it.each(lab.failures.filter(({ id }) => id !== 'power-cut-step-8').map((failure) => [failure.id, failure] as const))(
    'stops %s at its step',
    (id, failure) => {
      const rehearsal = rehearse(id);
      const stop = rehearsal.goOn();
      expect(stop?.step).toBe(failure.stopsAt.step);
      const verdict = stop?.verdicts.find(({ kind, rule }) => kind === 'failure' && rule === failure.stopsAt.rule);
      expect(verdict, JSON.stringify(stop?.verdicts)).toBeDefined();
      const [remedy] = verdict?.remedies ?? [];
      rehearsal.remedy(remedy ?? '');
      expect(rehearsal.goOn()).toBeNull();
    },
  );

  it('finds a dead card after a power cut', () => {
    const rehearsal = rehearse('power-cut-step-8');
    expect(rehearsal.goOn()?.step).toBe('write-dell');
    const again = rehearsal.goOn();
    expect([again?.step, again?.verdicts.some(({ rule, noWayBack }) => rule === 'firmware-dead' && noWayBack)]).toEqual(['write-dell', true]);
  });

  it('does not erase before the run has allowed it', () => {
    const rehearsal = rehearse();
    rehearsal.goOn('allow-erase');
    expect(rehearsal.lab.tool('lab-hand', ['script', '4', 'WRITE-DELL']).status).toBe(0);
    expect(rehearsal.lab.state().image).toBe('ir');
    expect(rehearsal.lab.script('tail -n 4 server-screen.txt').output).toContain('Wrenchbook has to allow this first');
    expect(rehearsal.goOn()).toBeNull();
  });

  it.each([
    ['log-missing', '', 'There is no H200LOGS/CHECK-DELL.TXT on the stick.'],
    ['log-cut-off', 'Controller Number : 0\r\n', 'H200LOGS/CHECK-DELL.TXT is cut off.'],
  ])('says %s and nothing else where a log is so', (rule, left, line) => {
    const rehearsal = rehearse();
    rehearsal.goOn('write-p07');
    const log = path.join(rehearsal.lab.folder, 'stick/H200LOGS/CHECK-DELL.TXT');
    rmSync(log);
    if (left) writeFileSync(log, left);
    expect(rehearsal.judgeOnly('check-dell')).toEqual([expect.objectContaining({ kind: 'failure', rule, line })]);
  });

  it('says that nobody confirmed a step that asks', () => {
    const rehearsal = rehearse('wrong-flasher');
    rehearsal.goOn();
    rehearsal.skip();
    const stop = rehearsal.goOn();
    expect([stop?.step, stop?.verdicts.map(({ rule }) => rule)]).toEqual(['write-p07', ['log-missing']]);
    rehearsal.remedy('replace-p07-flasher');
    expect(rehearsal.goOn()).toBeNull();
  });

  it('takes no logs of an earlier run for its own, and leaves other files of the stick alone', () => {
    const rehearsal = rehearse();
    rehearsal.lab.script('mkdir -p stick && echo mine > stick/startup.nsh');
    const stop = rehearsal.goOn();
    expect([stop?.step, stop?.verdicts[0]?.rule]).toEqual(['lay-out-scripts', 'script-taken']);
    rehearsal.lab.script('rm stick/startup.nsh');
    rehearsal.goOn('run-script');
    rehearsal.lab.script('touch stick/H200LOGS/ERASE.OK stick/H200LOGS/ERASE.TXT stick/OTHER.TXT');
    rehearsal.again('lay-out-scripts');
    rehearsal.goOn('boot-server');
    expect(rehearsal.lab.script('ls stick/H200LOGS').output).toBe('STICK.TXT\n');
    rehearsal.undo();
    expect(rehearsal.lab.script('ls stick').output.trim().split('\n')).toContain('OTHER.TXT');
    expect(rehearsal.lab.has('stick/H200LOGS')).toBe(false);
  });
});

describe('the shell of the system', () => {
  it('is named with its packages where it is missing, and taken where it is there', () => {
    const rehearsal = rehearse(null, { shellFrom: 'system', way: 'console' });
    const stop = rehearsal.goOn();
    expect([stop?.step, stop?.verdicts.map(({ rule }) => rule)]).toEqual(['find-shell', ['no-system-shell']]);
    expect(stop?.verdicts[0]?.next).toContain('efi-shell-x64 (Debian 13, Ubuntu 24.04)');
    const place = 'root/usr/share/efi-shell-x64';
    rehearsal.lab.script(`mkdir -p ${place} && cp downloads/EFI/BOOT/BOOTX64.EFI ${place}/shellx64.efi`);
    expect(rehearsal.goOn()).toBeNull();
    expect(rehearsal.lab.script(`cmp ${place}/shellx64.efi stick/EFI/BOOT/BOOTX64.EFI`).status).toBe(0);
  });

  it('is asked for as a file where it is to be one', () => {
    const issues = parameters.safeParse({ ...lab0, uefiShell: undefined }).error?.issues ?? [];
    expect(issues.map(({ path: [field] }) => field)).toEqual(['uefiShell']);
  });
});

describe('targets', () => {
  const values = (way: string) => parameters.parse({ ...lab0, way });
  it.each([
    ['console', 'console', false],
    ['console', 'local', true],
    ['script', 'local', false],
    ['script', 'console', true],
    ['hand', 'hand', false],
    ['hand', 'console', true],
    ['console', 'hand', true],
    ['console', 'ssh', true],
    ['hand', 'ssh', true],
  ])('the way %s on %s is refused: %s', (way, kind, refused) => {
    expect(misfit(values(way), { kind }) !== null).toBe(refused);
  });
});
const lab0 = { stickFolder: '/s', uefiShell: '/a', p07Flasher: '/a', dellImage: '/a', p07Image: '/a', finalFlasher: '/a', finalImage: '/a' };
