/** What Open MPI uses: its transports, and the module that Rocks loads for all users at login. */
import { anywhere, type EditRefusal, file, keyValue, type Matcher, type Step, setKeys, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { loaded, openMpi } from './reading.ts';

const style = { separator: ' = ' } as const;

/** `btl` without udapl. `^` in front of the list means all except these; a list without it means these alone. The last line counts. */
export function withoutUdapl(old: string): string | EditRefusal {
  const has = keyValue(old, 'btl', style) ?? '';
  const names = has.replace(/^\^/, '').split(',').filter(Boolean);
  if (has.startsWith('^') || has === '') return names.includes('udapl') ? old : setKeys(old, { btl: `^${[...names, 'udapl'].join(',')}` }, style);
  if (!names.includes('udapl')) return old;
  return {
    rule: 'btl-listed',
    means: `The line "btl = ${has}" names udapl as one of the transports to use.`,
    next: 'Somebody chose that. Remove udapl from the list by hand, and run the step again.',
  };
}

/** `add rocks-openmpi` becomes `add rocks-openmpi_ib`; what a second run of the source’s command has made of it (`_ib_ib`), too. */
export const withVerbs = (old: string): string => old.replace(/(\badd[ \t]+rocks-openmpi)(?:_ib)*(?![\w])/g, '$1_ib');

const common = { runsOn: 'the node', danger: 'changes', needsRoot: true, kind: 'edit' } as const;
const asBefore = (id: string, name: string, what: string): Matcher => ({
  kind: 'equal',
  id: 'as-before',
  pattern: new RegExp(`^${name}=(.*)$`),
  to: { fact: id },
  means: `${what} as before.`,
  differs: `${what} not as before.`,
  next: 'Compare the file with its backup.',
});

export const udaplStep = ({ params }: Parameters): Step => ({
  ...common,
  id: 'udapl',
  title: 'Take uDAPL out of the transports',
  intro: 'Other transports on the line stay. A last line without a line end gets one: the source’s "echo >>" would write onto it.',
  file: params,
  edit: withoutUdapl,
  before: { script: openMpi, saves: [{ id: 'udapl-before', title: 'uDAPL before', pattern: /^udapl=(excluded|used)$/ }] },
  verify: {
    script: openMpi,
    matchers: [
      {
        kind: 'failure',
        id: 'not-read',
        pattern: /single negation operator/,
        means: 'Open MPI cannot read a line of the file.',
        next: 'Look for two lines that were written onto one, such as "^ucx,pt2ptbtl = ^udapl".',
      },
      {
        kind: 'expected',
        id: 'excluded',
        pattern: /^udapl=excluded$/,
        means: 'Open MPI does not use uDAPL.',
        missing: 'Open MPI does not say that it leaves uDAPL out.',
        next: 'Check that this is the file of the Open MPI in use: "ompi_info --path sysconfdir". OMPI_MCA_btl in the environment wins over it.',
      },
    ],
  },
  undone: { script: openMpi, matchers: [asBefore('udapl-before', 'udapl', 'Open MPI uses its transports')] },
});

export const profileStep = (): Step => ({
  ...common,
  id: 'profile',
  title: 'Load Open MPI for InfiniBand at login',
  intro: 'In rocks-hpc.sh and rocks-hpc.csh. Who is logged in has the other one until the next login; a "module load" in a job counts more.',
  files: {
    what: 'rocks-hpc.sh and rocks-hpc.csh in /etc/profile.d',
    find: sh`found=no
for one in ${file('/etc/profile.d')}/rocks-hpc.*sh; do [ ! -f "$one" ] || { printf '%s\\n' "$one"; found=yes; }; done
[ $found = yes ] || echo 'There is no such file.'`,
    matchers: [
      {
        kind: 'failure',
        id: 'no-profile',
        pattern: /^There is no such file\.$/,
        means: 'This machine does not load Open MPI in the way of Rocks’ HPC roll.',
        next: 'Start a new run with "Another one" as the cluster.',
      },
    ],
  },
  edit: (old) => withVerbs(old),
  before: { script: loaded, saves: [{ id: 'loads-before', title: 'Module before', pattern: /^loads=(\S+)$/ }] },
  verify: {
    script: loaded,
    matchers: [
      {
        kind: 'failure',
        id: 'no-module',
        pattern: /(?:Unable to locate a modulefile for|module: (?:command )?not found)/i,
        means: 'A login cannot load it: the module, or the command "module", is not on this node.',
        next: 'Compare "module avail" with the other nodes. Undo, or install what is missing and run the step again.',
      },
      {
        kind: 'expected',
        id: 'loads',
        pattern: /^loads=rocks-openmpi_ib$/,
        means: 'A new login of root has Open MPI for InfiniBand.',
        missing: 'A new login of root does not have Open MPI for InfiniBand.',
        next: 'Look for another "module add" or "module load" in /etc/profile.d and in root’s own files.',
      },
    ],
  },
  undone: { script: loaded, matchers: [asBefore('loads-before', 'loads', 'A login loads its module')] },
});

/** What reinstalled nodes of Rocks need. `&`, `<` and `>` are written as XML has them. */
export const fragmentStep = ({ table, initramfs, udapl: choice, params }: Parameters, optionsPath: string): Step => ({
  kind: 'command',
  id: 'fragment',
  title: 'Print the part for extend-compute.xml',
  intro: 'A node that Rocks installs again loses all of this. Put these lines into extend-compute.xml on the head node.',
  danger: 'reads',
  runsOn: 'the node',
  script: sh`echo '<post>'
${
  table === 'set'
    ? sh`printf '<file name="%s">\\n%s\\n</file>\\n' ${anywhere(optionsPath)} "$(grep '^options' ${file(optionsPath)})"
`
    : sh``
}printf '%s\\n' ${[
    `sed -i -E 's/(add rocks-openmpi)(_ib)*([^_[:alnum:]]|$)/\\1_ib\\3/g' /etc/profile.d/rocks-hpc.*sh`,
    ...(choice === 'exclude' ? [`[ -n "$(tail -c 1 ${params})" ] &amp;&amp; echo &gt;&gt; ${params}`, `echo "btl = ^udapl" &gt;&gt; ${params}`] : []),
    ...(table === 'set' && initramfs === 'dracut' ? ['kernel=$(ls /lib/modules | tail -n 1)', 'dracut -f /boot/initramfs-$kernel.img $kernel'] : []),
    '</post>',
  ].map((line) => anywhere(line))}`,
  matchers: [
    {
      kind: 'expected',
      id: 'printed',
      pattern: /^<\/post>$/,
      means: 'These are the lines.',
      missing: 'The lines were not printed.',
      next: 'Run the step again.',
    },
  ],
});
