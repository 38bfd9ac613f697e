/** The driver's option, and dracut's part in it. */
import { anywhere, file, type Step, setLine, sh } from '../../topic-kit/index.ts';
import { withTable } from './mtt.ts';
import { configured, enough, optionsPath } from './reading.ts';

const common = { runsOn: 'the node', needsRoot: true } as const;

export const optionsStep: Step = {
  ...common,
  kind: 'edit',
  id: 'options',
  title: 'Set log_num_mtt',
  intro: 'So that twice the memory can be registered, calculated from this node’s memory and page size. A larger value that is there stays.',
  danger: 'changes',
  file: optionsPath,
  create: { mode: '0644', folder: true },
  edit: withTable,
  verify: {
    script: enough('configured'),
    matchers: [
      {
        kind: 'expected',
        id: 'twice',
        pattern: /^twice-the-memory=yes$/,
        means: 'With what modprobe would load, twice the memory can be registered.',
        missing: 'With what modprobe would load, less than twice the memory can be registered.',
        next: 'Another file in modprobe.d sets it too, and the last one counts: "modprobe -c | grep mlx4_core". Remove the option there.',
        remedies: ['other-file'],
      },
    ],
  },
  undone: {
    script: configured,
    matchers: [
      {
        kind: 'equal',
        id: 'as-before',
        pattern: /^configured\.log_num_mtt=(.*)$/,
        to: { fact: 'configured-before' },
        means: 'modprobe has the value that it had before.',
        differs: 'modprobe does not have the value that it had before.',
        next: 'Compare the files in /etc/modprobe.d with their backups.',
      },
    ],
  },
};

/** dracut puts files of modprobe.d into images for this host only. */
export const dracutStep: Step = {
  ...common,
  kind: 'edit',
  id: 'dracut-conf',
  title: 'Let dracut take the option',
  intro: 'dracut puts files of modprobe.d only into images that are made for one host. This names the file for all images.',
  danger: 'changes',
  file: '/etc/dracut.conf.d/mlx4-options.conf',
  create: { mode: '0644', folder: true },
  edit: (old) => setLine(old, /^install_items\+=/, `install_items+=" ${optionsPath} "`),
  verify: {
    script: sh`grep -c ${anywhere(optionsPath)} ${file('/etc/dracut.conf.d/mlx4-options.conf')}`,
    looksOnlyAt: 'whether the file names the option’s file; the next step looks into the image',
    matchers: [{ kind: 'expected', id: 'named', pattern: /^[1-9]/, means: 'The file is named.', missing: 'The file is not named.' }],
  },
};
