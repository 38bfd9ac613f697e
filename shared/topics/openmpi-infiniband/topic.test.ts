import { describe, expect, it } from 'vitest';
import { lab } from './lab.ts';
import { logNumMtt, registerableMib, withTable } from './mtt.ts';
import { withoutUdapl, withVerbs } from './open-mpi.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';

describe('the table', () => {
  it.each([
    // Open MPI's own numbers for pages of 4 KiB and 2^3 entries a segment.
    [20, 3, 4096, 32768],
    [21, 3, 4096, 65536],
    [24, 3, 4096, 524288],
    [24, 0, 4096, 65536],
    // arm64 with 16 and 64 KiB, ppc64 with 64 KiB.
    [20, 0, 16384, 16384],
    [20, 3, 65536, 524288],
  ])('of 2^%i × 2^%i × %i bytes is %i MiB', (log, segment, page, mib) => expect(registerableMib(log, segment, page)).toBe(mib));

  it.each([
    ['x86-64, the node of the source', 130967, 3, 4096, 23],
    ['x86-64, exactly twice', 131072, 3, 4096, 23],
    ['x86-64, one more', 131073, 3, 4096, 24],
    ['x86-64, entries one by one', 130967, 0, 4096, 26],
    ['arm64, 16 KiB', 130967, 3, 16384, 21],
    ['arm64, 64 KiB', 130967, 3, 65536, 20],
    ['ppc64, 64 KiB and 2 TiB', 2097152, 3, 65536, 23],
    ['a small one', 2048, 3, 4096, 20],
    ['more than a driver has', 2 ** 29, 0, 4096, null],
  ])('for %s', (_, memory, segment, page, log) => expect(logNumMtt(memory, segment, page)).toBe(log));

  const facts = { memory: '130967', page: '4096', 'per-segment': '3' };
  it.each([
    ['', 'options mlx4_core log_num_mtt=23\n'],
    ['options mlx4_core log_num_mtt=20', 'options mlx4_core log_num_mtt=23'],
    ['# ours\r\noptions mlx4-core port_type_array=1,2 log_num_mtt=20\r\n', '# ours\r\noptions mlx4-core port_type_array=1,2 log_num_mtt=23\r\n'],
    ['options mlx4_core log_num_mtt=24\noptions mlx4_en x=1\n', 'options mlx4_core log_num_mtt=24\noptions mlx4_en x=1\n'],
    ['options mlx4_core log_mtts_per_seg=0\n', 'options mlx4_core log_mtts_per_seg=0 log_num_mtt=26\n'],
    ['options mlx4_core log_num_mtt=99\n', 'options mlx4_core log_num_mtt=23\n'],
  ])('is written into %j once', (old, wanted) => {
    expect(withTable(old, facts)).toBe(wanted);
    expect(withTable(wanted, facts)).toBe(wanted);
  });
  it.each([
    ['not-read', {}],
    ['not-read', { ...facts, page: '4096; reboot' }],
    ['not-read', { ...facts, memory: '0' }],
    ['too-large', { ...facts, memory: '536870912' }],
  ])('is refused as %s', (rule, broken) => expect(withTable('', broken)).toMatchObject({ rule }));
});

describe('the transports', () => {
  it.each([
    ['', 'btl = ^udapl\n'],
    ['mtl = ^ofi\nosc = ^ucx,pt2pt', 'mtl = ^ofi\nosc = ^ucx,pt2pt\nbtl = ^udapl\n'],
    ['btl = ^uct,openib,ofi\n', 'btl = ^uct,openib,ofi,udapl\n'],
    ['btl=^tcp\r\nbtl = ^openib\r\n', 'btl=^tcp\r\nbtl = ^openib,udapl\r\n'],
    ['btl = openib,self,sm\n', 'btl = openib,self,sm\n'],
    ['btl_base_verbose = 0\n# btl = ^tcp\n', 'btl_base_verbose = 0\n# btl = ^tcp\nbtl = ^udapl\n'],
  ])('of %j lose udapl, once', (old, wanted) => {
    expect(withoutUdapl(old)).toBe(wanted);
    expect(withoutUdapl(wanted)).toBe(wanted);
  });
  it('are left to a person where udapl is asked for', () => expect(withoutUdapl('btl = udapl,self\n')).toMatchObject({ rule: 'btl-listed' }));
});

it.each([
  ['module add rocks-openmpi\n', 'module add rocks-openmpi_ib\n'],
  ['module add rocks-openmpi_ib_ib', 'module add rocks-openmpi_ib'],
  [
    'module add rocks-openmpi;\r\nmodule add rocks-openmpi-1.8 rocks-openmpi2\r\n',
    'module add rocks-openmpi_ib;\r\nmodule add rocks-openmpi_ib-1.8 rocks-openmpi2\r\n',
  ],
  ['module add rocks-openmpix\n# add nothing\n', 'module add rocks-openmpix\n# add nothing\n'],
])('the login file %j has the module for InfiniBand once', (old, wanted) => {
  expect(withVerbs(old)).toBe(wanted);
  expect(withVerbs(wanted)).toBe(wanted);
});

describe('the check', () => {
  const seen = {
    memory: '130967',
    page: '4096',
    driver: 'mlx4',
    'running.log_num_mtt': '0',
    'running.log_mtts_per_seg': '3',
    cards: '1',
    knows: '1',
    'configured.log_num_mtt': 'none',
    'configured.log_mtts_per_seg': 'none',
    'image.options': 'none',
    openmpi: '1.6.2',
    udapl: 'used',
    'login.modules': '2',
    'login.verbs': '0',
    dracut: 'yes',
  };
  const done = { 'configured.log_num_mtt': '23', 'image.options': 'same', udapl: 'excluded', 'login.verbs': '2' };
  const look = (more: Record<string, string>, values: Record<string, string> = { registerable: '32768' }) =>
    probe.judge(
      {
        output: Object.entries({ ...seen, ...more })
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
        exitStatus: 0,
      },
      parameters.parse(values),
    );
  it.each([
    ['affected', {}],
    ['already-fixed', done],
    ['affected', { ...done, 'image.options': 'none' }],
    ['affected', { ...done, 'login.verbs': '1' }],
    ['affected', { ...done, udapl: 'used' }],
    ['unknown', { ...done, 'image.options': 'unread' }],
    ['unknown', { ...done, udapl: 'unknown' }],
    ['unknown', { ...done, 'configured.log_num_mtt': 'none', knows: 'unknown' }],
    ['unknown', { ...done, driver: 'none' }],
    ['unknown', { ...done, 'login.modules': 'unknown', 'login.verbs': '' }],
    ['not-affected', { knows: '0', openmpi: '4.1.4', 'login.modules': '0' }],
    ['not-affected', { driver: 'mlx5', openmpi: '5.0.1', 'login.modules': '0' }],
    ['affected', { 'running.log_num_mtt': '20', openmpi: '4.1.4', 'login.modules': '0' }],
    ['not-affected', { 'running.log_num_mtt': '22', openmpi: '4.1.4', 'login.modules': '0' }],
  ])('says %s with %j', (verdict, more) => expect(look(more)).toMatchObject({ verdict }));
  it('does not take log_num_mtt=0 for a number', () =>
    expect(look({ openmpi: '4.1.4', 'login.modules': '0' }, {})).toMatchObject({ verdict: 'unknown', next: expect.stringContaining('log_num_mtt=0') }));
  it('proposes what this node has', () => {
    const fields = { knows: '0', openmpi: '4.1.4', 'login.modules': '0', dracut: '', 'update-initramfs': 'yes', sysconfdir: '/etc/openmpi' };
    expect((look(fields).proposes ?? []).map(({ field, value }) => [field, value])).toEqual([
      ['table', 'leave'],
      ['initramfs', 'initramfs-tools'],
      ['params', '/etc/openmpi/openmpi-mca-params.conf'],
      ['udapl', 'leave'],
      ['cluster', 'other'],
    ]);
  });
});

it('has the node of the source in its lab', () => expect(Math.trunc(134110208 / 1024)).toBe(Number(lab.facts.memory)));
it.each(['-1', '32768 MiB', '9999999999', '$(reboot)'])('takes no %s for a number of the warning', (registerable) =>
  expect(parameters.safeParse({ registerable }).success).toBe(false),
);
