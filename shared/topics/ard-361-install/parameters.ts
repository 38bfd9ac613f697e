/** What is asked of the admin. */
import { z } from 'zod';
import { field, type ParameterIssue } from '../../topic-kit/index.ts';

export const parameters = z.object({
  package: field(
    z
      .string()
      .trim()
      .max(300)
      .regex(
        /^\/(?!.*\/\.\.?(?:\/|$))[A-Za-z0-9_. ()/@+-]+\.m?pkg$/,
        'Give the absolute path of a .pkg or .mpkg, such as /Volumes/Remote Desktop/RemoteDesktopAdmin.pkg',
      ),
    {
      label: 'Package',
      help: 'In the opened disk image “Remote Desktop Admin Update 3.6.1” from Apple’s support pages. What it is called there is not known for sure.',
      control: 'text',
    },
  ),
  licence: field(z.boolean().default(false), {
    label: 'I have the licence key of a boxed 3.x',
    help: 'It is asked for at the first start. Without it this is of no use: nothing here replaces it.',
    control: 'switch',
  }),
  as: field(z.enum(['float', 'string']).default('float'), {
    label: 'Version of the stand-in',
    help: 'As a number, as the source did. If the installer refuses that, as a text.',
    control: 'choice',
    choices: [
      { value: 'float', label: 'As a number: 3' },
      { value: 'string', label: 'As a text: 3.0' },
    ],
  }),
});
export type Parameters = z.output<typeof parameters>;

export const misfit = ({ licence }: Parameters): ParameterIssue | null =>
  licence
    ? null
    : {
        field: 'licence',
        message: 'The licence key is needed.',
        next: 'Have the key of the box at hand. Without one, buy Remote Desktop in the Mac App Store.',
      };

export const app = '/Applications/Remote Desktop.app';
/** defaults takes the path without .plist. */
export const info = `${app}/Contents/Info`;
