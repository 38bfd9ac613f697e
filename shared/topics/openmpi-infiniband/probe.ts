/** Which of the three parts a node needs: the driver's table, Open MPI's transports, the module at login. */
import { file, type Probe, type ProbeFinding, type ProbeJudgement, type ProbeProposal, readings, sh } from '../../topic-kit/index.ts';
import { registerableMib } from './mtt.ts';
import type { Parameters } from './parameters.ts';
import { configured, driver, inImage, openMpi } from './reading.ts';

type State = 'wanted' | 'done' | 'not needed' | 'unknown';
interface Part extends ProbeFinding {
  state: State;
}

export const probe: Probe<Parameters> = {
  looksAt: [
    'memory, page size and the mlx4 driver',
    'options of the driver, also in the initramfs',
    'Open MPI and its transports',
    'what Rocks loads at login',
  ],
  uses: ['table', 'registerable', 'initramfs', 'udapl', 'params', 'cluster'],
  needsRoot: true,
  script: ({ initramfs }) => sh`${driver}
${configured}
command -v dracut > /dev/null 2>&1 && echo dracut=yes
command -v update-initramfs > /dev/null 2>&1 && echo update-initramfs=yes
${inImage(initramfs)}
${openMpi}
login=$(for one in ${file('/etc/profile.d')}/rocks-hpc.*sh; do [ ! -f "$one" ] || cat "$one" || echo unread; done 2> /dev/null)
if printf '%s\\n' "$login" | grep -q -x unread; then echo login.modules=unknown; else
  printf '%s\\n' "$login" | grep -c 'add  *rocks-openmpi' | sed 's/^/login.modules=/'
  printf '%s\\n' "$login" | grep -c -E 'add +rocks-openmpi_ib([^_[:alnum:]]|$)' | sed 's/^/login.verbs=/'
fi`,
  judge: ({ output }, values) => {
    const found = readings(output);
    const parts = [table(found, values), transports(found, values), login(found, values)];
    return { ...verdict(parts), findings: parts.map(({ state: _, ...finding }) => finding), proposes: proposals(found, values, parts) };
  },
};

const part = (label: string, value: string, state: State, means: string): Part => ({
  label,
  value,
  state,
  means,
  speaks: state === 'wanted' ? 'for' : state === 'unknown' ? 'neither' : 'against',
});

function table(found: ReadonlyMap<string, string>, { registerable, table: chosen }: Parameters): Part {
  const number = (name: string) => (/^\d+$/.test(found.get(name) ?? '') ? Number(found.get(name)) : Number.NaN);
  const say = (value: string, state: State, means: string) => part('Memory table of the driver', value, state, means);
  if (found.get('driver') === 'mlx5') return say('mlx5', 'not needed', 'ConnectX-4 and newer have no such limit.');
  if (found.get('driver') !== 'mlx4') return say('no mlx4 driver', 'unknown', 'Without a loaded driver there is nothing to calculate with.');
  if (found.get('knows') === '0') return say('no log_num_mtt', 'not needed', 'This driver sizes the table by the memory.');
  if (chosen === 'leave') return say('', 'not needed', 'You chose to leave it.');
  const [memory, page, segment] = [number('memory'), number('page'), number('running.log_mtts_per_seg')];
  if (Number.isNaN(memory + page + segment) || !/^[1-9]/.test(found.get('knows') ?? ''))
    return say('not read', 'unknown', 'Memory, page size or the driver could not be read.');
  const has = (log: number, perSegment: number) => registerableMib(log, Number.isNaN(perSegment) ? segment : perSegment, page);
  const set = has(number('configured.log_num_mtt'), number('configured.log_mtts_per_seg'));
  const running = number('running.log_num_mtt');
  const used = running > 0 ? has(running, segment) : registerable === '' ? Number.NaN : Number(registerable);
  const text = (mib: number) => `${mib} of ${memory} MiB`;
  if (set >= memory) {
    if (/^(?:same|not-needed)$/.test(found.get('image.options') ?? ''))
      return say(text(set), 'done', used >= set ? 'The driver has loaded with it.' : 'It is set. The driver has it after the next reboot.');
    if (found.get('image.options') === 'unread') return say(text(set), 'unknown', 'It is set. The initramfs could not be read.');
    return say(text(set), 'wanted', 'It is set, but the initramfs does not have it.');
  }
  if (Number.isNaN(used)) return say('log_num_mtt=0', 'unknown', 'That stands for the driver’s default. The number in Open MPI’s warning says what it is.');
  return used >= memory
    ? say(text(used), 'not needed', 'All memory can be registered.')
    : say(text(used), 'wanted', 'Only a part of the memory can be registered.');
}

function transports(found: ReadonlyMap<string, string>, { udapl: chosen }: Parameters): Part {
  const version = found.get('openmpi') ?? '';
  const say = (state: State, means: string) => part('uDAPL of Open MPI', version === '' ? '' : `Open MPI ${version}`, state, means);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (found.get('udapl') === 'excluded') return say('done', 'It is left out.');
  if (major > 1 || (major === 1 && minor >= 8)) return say('not needed', 'Open MPI 1.8 and newer do not have it.');
  if (chosen === 'leave') return say('not needed', 'You chose to leave it.');
  if (found.get('udapl') !== 'used') return say('unknown', 'ompi_info gave no answer.');
  return say('wanted', 'Open MPI tries it, and warns.');
}

function login(found: ReadonlyMap<string, string>, { cluster }: Parameters): Part {
  const [all, verbs] = ['login.modules', 'login.verbs'].map((name) => Number(found.get(name) || Number.NaN)) as [number, number];
  const say = (value: string, state: State, means: string) => part('Login of Rocks', value, state, means);
  if (Number.isNaN(all + verbs)) return say('', 'unknown', 'The files could not be read.');
  if (all === 0) return say('none', 'not needed', 'No login file loads a module of Rocks’ Open MPI.');
  if (cluster === 'other') return say(`${all} lines`, 'not needed', 'You chose to leave the login files alone.');
  return verbs === all
    ? say(`${all} lines`, 'done', 'They load rocks-openmpi_ib.')
    : say(`${all - verbs} lines`, 'wanted', 'They do not load rocks-openmpi_ib: jobs run over TCP.');
}

function verdict(parts: readonly Part[]): Pick<ProbeJudgement, 'verdict' | 'because' | 'next'> {
  const of = (state: State) => parts.filter((one) => one.state === state);
  const names = (some: readonly Part[]) => some.map(({ label }) => label).join(', ');
  if (of('wanted').length > 0)
    return { verdict: 'affected', because: `To be done: ${names(of('wanted'))}.`, next: 'Start the run. Let the form be filled in first.' };
  if (of('unknown').length > 0)
    return {
      verdict: 'unknown',
      because: `Not known: ${names(of('unknown'))}.`,
      next: 'Check as root. If the driver says log_num_mtt=0, put the number of Open MPI’s warning into the form.',
    };
  if (of('done').length > 0)
    return { verdict: 'already-fixed', because: `Done: ${names(of('done'))}.`, next: 'If the driver has not loaded with it yet, reboot.' };
  return {
    verdict: 'not-affected',
    because: 'This node needs none of the three parts.',
    next: 'With Open MPI 4 and newer, use UCX: "mpirun --mca pml ucx".',
  };
}

function proposals(found: ReadonlyMap<string, string>, values: Parameters, [driverPart, mpi, login]: readonly Part[]): ProbeProposal[] {
  const proposes: ProbeProposal[] = [];
  const propose = (field: keyof Parameters, value: string, because: string) => {
    if (values[field] !== value) proposes.push({ field, value, because });
  };
  if (driverPart?.state === 'not needed') propose('table', 'leave', driverPart.means);
  const tools = ['dracut', 'update-initramfs'].filter((tool) => found.get(tool) === 'yes');
  if (tools.length === 1) propose('initramfs', tools[0] === 'dracut' ? 'dracut' : 'initramfs-tools', `This node has ${tools[0]}.`);
  const etc = found.get('sysconfdir') ?? '';
  if (etc.startsWith('/')) propose('params', `${etc}/openmpi-mca-params.conf`, 'ompi_info names this folder.');
  if (mpi?.state === 'not needed') propose('udapl', 'leave', mpi.means);
  if (login?.state === 'not needed') propose('cluster', 'other', login.means);
  return proposes;
}
