/** Repair the file, import it where the domain controller is, and look at the class from a Mac. */
import { type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { onSamba } from './on-samba.ts';
import { onWindows } from './on-windows.ts';
import { mainClass, type Parameters } from './parameters.ts';

export const steps = (values: Parameters): Step[] => [...(values.dc === 'samba' ? onSamba(values) : onWindows(values)), onTheMac(values)];

const onTheMac = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'mac',
  title: 'Create a list from a Mac',
  intro: 'Whether the Macs use the new class is seen only there, on Mac OS X 10.5 or 10.6.',
  danger: 'reads',
  runsOn: 'a Mac that is bound to the domain',
  minutes: 10,
  instructions: [
    'Let DirectoryService read the schema again, and look which class it uses.',
    'Create a computer list with Workgroup Manager of Mac OS X 10.4. That of 10.5 makes computer groups, which the Active Directory plug-in ignores.',
    'If it says that you have no permission, switch on its debug log, try again, and look for "LDAP Error 19". The same line switches it off again.',
    ...(values.task === 'broken' && values.dc === 'windows'
      ? ['If the Mac still uses the retired class, the old notes say that more was changed by hand, and not what. Nobody has found out what was needed.']
      : []),
  ],
  cards: [
    {
      title: 'Which class is used',
      lines: ['killall DirectoryService', `grep -H ${mainClass(values).replace('apple-', '')} /Library/Preferences/DirectoryService/ActiveDirectory*`],
      note: 'Wait some seconds between the two.',
    },
    {
      title: 'Debug log, on and off',
      lines: ['killall -USR1 DirectoryService && killall -USR2 DirectoryService', "grep 'FAILED' /Library/Logs/DirectoryService/*"],
    },
  ],
  lab: sh`:`,
});

export const remedies: readonly Remedy[] = [
  {
    id: 'make-room',
    title: 'Make room for the backup',
    explanation: 'Delete what is not needed on that volume, or mount a larger one there. Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-schema-hand make-room`,
    afterwards: 'retry',
  },
];
