/** The form: which toolstack, which domains, and the device model that is wrapped. */
import { z } from 'zod';
import { absolutePath, field, sliderField } from '../../topic-kit/index.ts';
import { parseDomains } from './domains.ts';

const reasonOf = (text: string): string | null => {
  try {
    const domains = parseDomains(text);
    if (domains.length === 0) return 'Give one domain at least';
    return domains.length > 20 ? 'Give 20 domains at most' : null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
};

export const parameters = z.object({
  toolstack: field(z.enum(['xm', 'xl']).default('xm'), {
    label: 'Toolstack',
    help: 'The tool that starts the domains. Xen up to 4.4 has xm; xl came with 4.1.',
    control: 'choice',
    choices: [
      { value: 'xm', label: 'xm (xend): the configuration is Python' },
      { value: 'xl', label: 'xl (libxl)' },
    ],
  }),
  domains: field(
    z
      .string()
      .max(4000)
      .superRefine((text, context) => {
        const reason = reasonOf(text);
        if (reason !== null) context.addIssue({ code: 'custom', message: reason });
      }),
    {
      label: 'Windows domains',
      help: 'One a line: the name, and behind it the path of its configuration where that is not /etc/xen/NAME.cfg.',
      control: 'lines',
    },
  ),
  deviceModel: field(absolutePath.default('/usr/lib/xen/bin/qemu-dm'), {
    label: 'Device model',
    help: 'The program that the toolstack starts for each HVM domain. The wrapper is put beside it.',
    control: 'text',
  }),
  delay: sliderField({
    label: 'Seconds until the second removal',
    help: 'The toolstack may make the nodes after the device model was started. The wrapper removes them again after this time.',
    usual: 10,
    range: { min: 2, max: 60, step: 1, whole: true, unit: 's' },
  }),
});
export type Parameters = z.output<typeof parameters>;

export const wrapperOf = ({ deviceModel }: Pick<Parameters, 'deviceModel'>) => `${deviceModel}-citrixpv`;
