/** A step that sets kernel parameters now and for later boots. Data only. */
import { setKeys } from '../editors/set-keys.ts';
import { escapeRegExp } from '../editors/text-lines.ts';
import type { Matcher } from '../matcher.ts';
import { fact, file, type Script, sh } from '../script.ts';
import type { EditStep } from '../step.ts';
import type { StepWords } from './step-words.ts';

interface SysctlStep extends StepWords {
  /** The file is `/etc/sysctl.d/NAME.conf`. A name such as `90-wrenchbook` is read behind those of packages. */
  name: string;
  settings: Readonly<Record<string, string>>;
}

/** Proved by what the kernel uses; the undo puts the file and the values that were in use back. Other files that set the same are named. */
export function sysctlStep({ name, settings, ...words }: SysctlStep): EditStep {
  const path = `/etc/sysctl.d/${name}.conf`;
  const keys = Object.keys(settings);
  const ids = new Map(keys.map((key, index) => [key, `${words.id}-${index + 1}`]));
  const idOf = (key: string) => ids.get(key) ?? '';
  const each = (make: (key: string) => Script) => keys.map(make).reduce((all, script) => sh`${all}\n${script}`);
  const prints = (key: string) => sh`sysctl ${key} | tr '\\t' ' '`;
  const line = (key: string, value: string) => new RegExp(`^${escapeRegExp(key)} = ${value}$`);
  return {
    ...words,
    kind: 'edit',
    danger: 'changes',
    needsRoot: true,
    file: path,
    create: { mode: '0644', folder: true },
    before: { script: each(prints), saves: keys.map((key) => ({ id: idOf(key), title: `${key} before`, pattern: line(key, '(.+)') })) },
    edit: (old) => setKeys(old, settings, { separator: ' = ' }),
    // Once the file is back it may be gone.
    afterwards: {
      script: sh`[ ! -e ${file(path)} ] || sysctl -p ${file(path)}`,
      matchers: [
        {
          kind: 'failure',
          id: 'not-set',
          pattern: /^sysctl: (?:setting key|permission denied|cannot stat|invalid)/,
          means: 'The kernel does not take this value, or it may not be set here.',
          next: 'In a container the host decides this. Else check the value, and start a new run.',
        },
      ],
    },
    verify: {
      script: sh`${each(prints)}
${each((key) => sh`grep -l -E ${`^ *-?${escapeRegExp(key).replaceAll('\\.', '[./]')} *=`} ${file('/etc/sysctl.conf')} ${file('/etc/sysctl.d')}/*.conf ${file('/run/sysctl.d')}/*.conf 2>/dev/null | grep -v -F -e ${file(path)} | sed 's/^/set also in: /'`)}
true`,
      matchers: [
        ...keys.map(
          (key): Matcher => ({
            kind: 'expected',
            id: key,
            pattern: line(key, escapeRegExp(settings[key] ?? '')),
            means: `The kernel uses ${key} = ${settings[key]}.`,
            missing: `The kernel does not use ${key} = ${settings[key]}.`,
            next: 'Read what sysctl says above. In a container the host decides this.',
          }),
        ),
        {
          kind: 'warning',
          id: 'set-elsewhere',
          pattern: /^set also in: /,
          means: 'Another file sets it too. After a boot the file that is read last counts.',
          next: 'Compare both: /etc/sysctl.conf is read last, the others in the order of their names.',
        },
      ],
    },
    // What was never changed need not be set: where setting is refused, that would be too.
    undo: each((key) => sh`if [ "=$(sysctl -n ${key} | tr '\\t' ' ')" != =${fact(idOf(key))} ]; then sysctl -w ${key}=${fact(idOf(key))}; fi`),
    undone: {
      script: each(prints),
      matchers: keys.map(
        (key): Matcher => ({
          kind: 'equal',
          id: key,
          pattern: line(key, '(.+)'),
          to: { fact: idOf(key) },
          means: `The kernel uses the ${key} that it used before.`,
          differs: `The kernel does not use the ${key} that it used before.`,
          next: 'Set it by hand with "sysctl -w".',
        }),
      ),
    },
  };
}
