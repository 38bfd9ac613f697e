/** What is asked of the admin. The check fills in most of it. */
import { z } from 'zod';
import { absolutePath, field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  table: field(z.enum(['set', 'leave']).default('set'), {
    label: 'Memory table of the driver',
    help: 'Only drivers of Mellanox OFED and of kernels before about 3.x have the option. The check says which this is.',
    control: 'choice',
    choices: [
      { value: 'set', label: 'Set log_num_mtt, so that twice the memory can be registered' },
      { value: 'leave', label: 'Leave it: this driver sizes it by itself' },
    ],
  }),
  registerable: field(
    z
      .string()
      .trim()
      .regex(/^\d{0,9}$/, 'Give the number alone, such as 32768')
      .default(''),
    {
      label: 'Registerable memory in the warning (MiB)',
      help: 'From the line “Registerable memory:”. Needed by the check where the driver says log_num_mtt=0: that stands for its default, not for none.',
      control: 'text',
      example: '32768',
      when: { table: 'set' },
    },
  ),
  initramfs: field(z.enum(['dracut', 'initramfs-tools']).default('dracut'), {
    label: 'What makes the initramfs',
    help: 'The driver may be loaded from it, and then has only the options that are in it.',
    control: 'choice',
    choices: [
      { value: 'dracut', label: 'dracut: Rocks, Red Hat, CentOS, SUSE' },
      { value: 'initramfs-tools', label: 'update-initramfs: Debian, Ubuntu' },
    ],
    when: { table: 'set' },
  }),
  reboot: field(z.enum(['now', 'later']).default('later'), {
    label: 'Reboot',
    help: 'The driver reads the option only when it is loaded.',
    control: 'choice',
    choices: [
      { value: 'later', label: 'Later: I drain the node, reboot it, and check again then' },
      { value: 'now', label: 'In this run, after you confirm the step: no job runs on it' },
    ],
    when: { table: 'set' },
  }),
  udapl: field(z.enum(['exclude', 'leave']).default('exclude'), {
    label: 'uDAPL transport of Open MPI',
    help: 'It only causes warnings. Open MPI 1.8 and newer do not have it.',
    control: 'choice',
    choices: [
      { value: 'exclude', label: 'Do not use it: btl = ^udapl' },
      { value: 'leave', label: 'Leave it' },
    ],
  }),
  params: field(absolutePath.default('/opt/openmpi/etc/openmpi-mca-params.conf'), {
    label: 'Parameters of Open MPI',
    help: 'Its openmpi-mca-params.conf.',
    control: 'text',
    when: { udapl: 'exclude' },
  }),
  job: field(absolutePath.default('/opt/mpi-tests/bin/mpi-ring'), {
    label: 'MPI program for a test job',
    help: 'A short one that all nodes have. It is run only where the head node takes part.',
    control: 'text',
  }),
  cluster: field(z.enum(['rocks', 'other']).default('rocks'), {
    label: 'Cluster',
    help: 'Rocks loads Open MPI for all users in /etc/profile.d/rocks-hpc.sh.',
    control: 'choice',
    choices: [
      { value: 'rocks', label: 'Rocks: load rocks-openmpi_ib instead of rocks-openmpi' },
      { value: 'other', label: 'Another one: leave the login files alone' },
    ],
  }),
});
export type Parameters = z.output<typeof parameters>;
