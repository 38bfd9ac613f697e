/** What is asked of the admin. */
import { z } from 'zod';
import { field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  way: field(z.enum(['pressure', 'listen']).default('pressure'), {
    label: 'What to change',
    help: 'The first is what Apple did in CUPS itself: no port is opened. The second is older, and is for a job without EnablePressuredExit.',
    control: 'choice',
    choices: [
      { value: 'pressure', label: 'Memory pressure no longer ends cupsd (EnablePressuredExit false)' },
      { value: 'listen', label: 'Other computers can wake cupsd (launchd listens on all addresses)' },
    ],
  }),
  system: field(z.enum(['older', '10.11']).default('10.11'), {
    label: 'Version of OS X',
    help: 'From 10.11 on, System Integrity Protection has to be off while the file is changed.',
    control: 'choice',
    choices: [
      { value: '10.11', label: '10.11 El Capitan' },
      { value: 'older', label: '10.9 Mavericks or 10.10 Yosemite' },
    ],
  }),
  host: field(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/, 'Give the name or the IPv4 address of the Mac'), {
    label: 'Name of the Mac',
    help: 'As other computers know it: a test over localhost proves nothing.',
    control: 'text',
  }),
});
export type Parameters = z.output<typeof parameters>;
export const plist = '/System/Library/LaunchDaemons/org.cups.cupsd.plist';
export const label = 'org.cups.cupsd';
