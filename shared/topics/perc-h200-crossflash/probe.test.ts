/** The look at a running server: its script against tools that print what real ones do, and what is made of it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderScript } from '../../topic-kit/index.ts';
import { labDefaults, parameters } from './parameters.ts';
import { phaseFor } from './probe-judge.ts';
import { topic } from './topic.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-look-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const values = parameters.parse(labDefaults);
/** `tools`: what each prints. Only they and the system's plain ones are there. */
function look(tools: Readonly<Record<string, string>>) {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const [name, text] of Object.entries(tools)) writeFileSync(path.join(bin, name), `#!/bin/sh\ncat << 'END'\n${text}\nEND\n`, { mode: 0o755 });
  for (const name of ['sed', 'awk', 'grep', 'sort', 'head', 'cat'])
    writeFileSync(path.join(bin, name), `#!/bin/sh\nexec ${spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim()} "$@"\n`, {
      mode: 0o755,
    });
  const probe = topic.probe;
  if (!probe) throw new Error('no probe');
  const text = renderScript(probe.script(values, { rehearsal: false }), (file) => path.join(folder, file)).replace(/^PATH=.*$/m, '');
  const { stdout } = spawnSync('/bin/sh', ['-c', text], { env: { PATH: bin }, encoding: 'utf8' });
  const { verdict, because, findings, proposes = [] } = probe.judge({ output: stdout, exitStatus: 0 }, values);
  return {
    verdict,
    because,
    proposed: Object.fromEntries(proposes.map(({ field, value }) => [field, value])),
    seen: Object.fromEntries(findings.map(({ label, value }) => [label, value])),
  };
}
const lspci = (subsystem: string, device = '0072') => `01:00.0 "0107" "1000" "${device}" -r03 "${subsystem.split(':')[0]}" "${subsystem.split(':')[1]}"`;
const linux = (firmware: string, driver: string, raid = '') => `[    1.0] ${driver} loaded
[    1.2] mpt2sas_cm0: LSISAS2008: FWVersion(${firmware}), ChipRevision(0x03), BiosVersion(00.00.00.00)
[    1.3] mpt2sas_cm0: Protocol=(Initiator,Target), Capabilities=(${raid}TLR,EEDP,Snapshot Buffer)`;
const freebsd = (firmware: string, driver: string, more = '') => `mps0: <Avago Technologies (LSI) SAS2008> port 0xe000-0xe0ff irq 16 at device 0.0 on pci1
mps0: Firmware: ${firmware}, Driver: ${driver}-fbsd
mps0: IOCCapabilities: 185c<ScsiTaskFull,DiagTrace,SnapBuf,EEDP,TransRetry${more}>`;
const pciconf = 'mps0@pci0:1:0:0:\tclass=0x010700 card=0x1f1c1028 chip=0x00721000 rev=0x03 hdr=0x00';
const newPciconf = 'mps0@pci0:1:0:0:\tclass=0x010700 rev=0x03 hdr=0x00 vendor=0x1000 device=0x0072 subvendor=0x1028 subdevice=0x1f1d';

describe('Linux', () => {
  it('sees Dell’s RAID firmware, and proposes the whole way', () => {
    expect(look({ lspci: lspci('1028:1f1e'), dmesg: linux('07.15.08.00', 'mpt3sas version 43.100.00.00', 'Raid,') })).toMatchObject({
      verdict: 'affected',
      proposed: { cardHas: 'whole', finalPhase: 'P20', card: 'h200-integrated' },
    });
  });
  it('sees a card that is done', () => {
    expect(look({ lspci: lspci('1028:1f1c'), dmesg: linux('20.00.07.00', 'mpt3sas version 43.100.00.00') }).verdict).toBe('already-fixed');
    expect(look({ lspci: lspci('1028:1f1c'), dmesg: linux('18.00.00.00', 'mpt2sas version 18.100.00.00') }).verdict).toBe('already-fixed');
  });
  it('tells up from down', () => {
    const up = look({ lspci: lspci('1028:1f1c'), dmesg: linux('16.00.00.00', 'mpt2sas version 20.100.00.00') });
    expect(up).toMatchObject({ verdict: 'affected', because: expect.stringContaining('One write'), proposed: { cardHas: 'lsi', finalPhase: 'P20' } });
    const down = look({ lspci: lspci('1028:1f1c'), dmesg: linux('20.00.07.00', 'mpt2sas version 18.100.00.00') });
    expect(down).toMatchObject({ verdict: 'affected', because: expect.stringContaining('whole procedure'), proposed: { cardHas: 'whole', finalPhase: 'P18' } });
  });
  it('warns of an early P20', () => {
    expect(look({ lspci: lspci('1028:1f1c'), dmesg: linux('20.00.04.00', 'mpt3sas version 43.100.00.00') })).toMatchObject({
      verdict: 'affected',
      proposed: { cardHas: 'lsi' },
    });
  });
  it('sees a card on which no firmware runs', () => {
    const dmesg = '[ 1.0] mpt3sas version 43.100.00.00 loaded\n[ 2.0] mpt2sas_cm0: fault_state(0x5841)!\n[ 9.0] mpt2sas_cm0: diag reset: FAILED';
    expect(look({ lspci: lspci('1028:1f1d'), dmesg })).toMatchObject({ verdict: 'affected', proposed: { cardHas: 'nothing' } });
  });
  it.each([
    ['1028:1f20', '0072', /soldered/],
    ['1028:1f78', '0073', /MegaRAID/],
    ['1014:03b1', '0073', /M1015/],
    ['1000:3020', '0072', /not a Dell PERC H200/],
  ])('refuses %s (%s) with the reason', (subsystem, device, reason) => {
    const seen = look({ lspci: lspci(subsystem, device), dmesg: linux('07.15.08.00', 'mpt3sas version 43.100.00.00', 'Raid,') });
    expect(seen).toMatchObject({ verdict: 'not-affected', because: expect.stringMatching(reason) });
  });
  it('says what it can’t tell', () => {
    expect(look({ dmesg: linux('20.00.07.00', 'mpt3sas version 43.100.00.00') }).verdict).toBe('unknown');
    expect(look({ lspci: lspci('1028:1f1d'), dmesg: '[ 9999.0] something later', journalctl: '' }).verdict).toBe('unknown');
    expect(look({ lspci: '', dmesg: '' }).verdict).toBe('not-affected');
  });
  it('reads the driver where the messages have lost it', () => {
    mkdirSync(path.join(folder, 'sys/module/mpt3sas'), { recursive: true });
    writeFileSync(path.join(folder, 'sys/module/mpt3sas/version'), '43.100.00.00\n');
    const [, firmware = '', protocol = ''] = linux('20.00.07.00', '').split('\n');
    expect(look({ lspci: lspci('1028:1f1c'), dmesg: `${firmware}\n${protocol}` }).verdict).toBe('already-fixed');
  });
});

describe('FreeBSD', () => {
  it('reads both forms of pciconf, and counts the errors of a mismatch', () => {
    const errors = '(da1:mps0:0:0:0): SCSI sense: ABORTED COMMAND asc:47,3 (Information unit iuCRC error detected)';
    const dmesg = `${freebsd('16.00.00.00', '19.00.00.00')}\n${errors}\n${errors}\n(da1:mps0:0:0:0): length 131072 SMID 609 terminated ioc 804b scsi 0 state 0 xfer 0`;
    expect(look({ pciconf, dmesg })).toMatchObject({
      verdict: 'affected',
      proposed: { cardHas: 'lsi', finalPhase: 'P19' },
      seen: { Card: '1000:0072, subsystem 1028:1f1c', Firmware: '16.00.00.00', Driver: '19.00.00.00', 'Errors of a mismatch': 'iuCRC 2, 804b 1' },
    });
    expect(look({ pciconf: newPciconf, dmesg: freebsd('07.15.08.00', '21.02.00.00', ',IR') })).toMatchObject({
      verdict: 'affected',
      proposed: { cardHas: 'whole', card: 'h200-adapter' },
    });
  });
});

it.each([
  ['16.00.00.00', 'P16'],
  ['17.100.00.00', 'P16'],
  ['18.100.00.00', 'P18'],
  ['19.00.00.00', 'P19'],
  ['21.02.00.00', 'P20'],
  ['43.100.00.00', 'P20'],
  ['09.00.00.00', null],
  ['', null],
])('a driver %j wants %s', (driver, phase) => {
  expect(phaseFor(driver)).toBe(phase);
});

describe('symptoms', () => {
  it.each([
    'mpt2sas0: fault_state(0x5841)!',
    'mpt2sas_cm0: diag reset: FAILED',
    'mpt2sas_cm1: SAS host is non-operational !!!!',
    'mpt2sas0: log_info(0x31120303): originator(PL), code(0x12), sub_code(0x0303)',
    'mps0: Firmware: 09.00.00.00, Driver: 16.00.00.00-fbsd',
    'Firmware version 5 does not match driver version 16 for /dev/mps0.',
    'Failed to Validate Mfg Page 2!',
    'Controller is not operational. A firmware download is required.',
    'Firmware Host Boot Failed',
    'Failed to initialize PAL',
    'No LSI SAS adapters found!',
    'Erase Flash Operation Failed!',
    'Failed to upload image',
    'Invalid PCIe card found in the Internal Storage slot!',
    '01:00.0 Serial Attached SCSI controller: LSI SAS2008 PCI-Express Fusion-MPT SAS-2 [1000:0072]',
    'Dell 6Gbps SAS HBA',
    'InitShellApp: Application not started from Shell',
  ])('recognise %j', (text) => {
    expect(topic.symptoms.some(({ pattern }) => pattern.test(text))).toBe(true);
  });
});
