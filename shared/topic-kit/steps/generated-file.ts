/** A step that makes a file with a content that only the target knows, such as a secret. Data only. */
import { fact, file, type Script, sh } from '../script.ts';
import type { CommandStep } from '../step.ts';
import type { StepWords } from './step-words.ts';

interface GeneratedFile extends StepWords {
  /** One that is there stays as it is. Its folder has to be there. */
  path: string;
  /** Octal, such as `0600`. */
  mode: string;
  /** User and group, where not root's. */
  owner?: string;
  /** So many random bytes, in base64; or what a script prints. Neither is shown. */
  content: { randomBytes: number } | { printedBy: Script };
}

/** The undo moves a file that the step has made to where the backups are: something may be encrypted with it by now. */
export function generatedFileStep({ path, mode, owner, content, ...words }: GeneratedFile): CommandStep {
  const shown = symbolicMode(mode);
  const id = `${words.id}-there`;
  const made = 'printedBy' in content ? content.printedBy : sh`head -c ${content.randomBytes} /dev/urandom | base64 | tr -d '\\n' && echo`;
  const look = sh`if [ -f ${file(path)} ]; then echo there=yes; elif [ -e ${file(path)} ] || [ -L ${file(path)} ]; then echo there=other; else echo there=no; fi`;
  return {
    ...words,
    kind: 'command',
    danger: 'changes',
    needsRoot: true,
    before: {
      script: look,
      saves: [{ id, title: 'There before', pattern: /^there=(yes|no)$/ }],
      matchers: [
        {
          kind: 'failure',
          id: 'no-file',
          pattern: /^there=other$/,
          means: `${path} is there and is not a file.`,
          next: 'Look at it yourself, and move it out of the way.',
        },
      ],
    },
    // Under another name until it is whole: a cut-off one would be taken for a secret.
    script: sh`if [ -f ${file(path)} ]; then echo 'It is there already, and stays as it is.'
else
  new=${file(path)}.new.$$
  (umask 077; set -C; { ${made}
  } >"$new") && [ -s "$new" ] && chmod ${mode} "$new" ${owner === undefined ? sh`` : sh`&& chown ${owner} "$new" `}&& mv "$new" ${file(path)} || { rm -f "$new"; echo 'generated=no'; exit 1; }
fi`,
    matchers: [
      {
        kind: 'failure',
        id: 'not-made',
        pattern: /^generated=no$/,
        means: 'Nothing could be made, or it could not be written.',
        next: 'Read the lines above it, fix the cause, and run the step again.',
      },
    ],
    verify: {
      script: sh`${look}
ls -ld ${file(path)} | sed 's/^\\(..........\\).*/mode=\\1/'
[ ! -s ${file(path)} ] || echo content=some`,
      matchers: [
        {
          kind: 'expected',
          id: 'there',
          pattern: /^content=some$/,
          means: 'It is there, and not empty.',
          missing: 'It is not there, or empty.',
          next: 'Run the step again.',
        },
        {
          kind: 'warning',
          id: 'mode',
          pattern: new RegExp(`^mode=(?!${shown}$)`),
          means: `Its mode is not ${mode}.`,
          next: 'Check who may read it.',
        },
      ],
    },
    undo: sh`case ${fact(id)} in
yes) echo 'It was there before: it stays.' ;;
*)
  if [ -f ${file(path)} ]; then
    kept=${file('/var/lib/wrenchbook/moved')}/$(date '+%Y%m%d-%H%M%S')-$$
    mkdir -p -m 700 "$kept" && mv ${file(path)} "$kept/generated" && printf 'It is kept in %s\\n' "$kept"
  fi ;;
esac`,
    undone: {
      script: look,
      matchers: [
        {
          kind: 'equal',
          id: 'as-before',
          pattern: /^there=(.*)$/,
          to: { fact: id },
          means: 'It is there, or not, as before the step.',
          differs: 'It is not as before the step.',
          next: 'Look at it yourself.',
        },
      ],
    },
  };
}

/** As `ls -l` writes it. Throws TypeError for what is no mode of a file. */
function symbolicMode(mode: string): string {
  if (!/^0[0-7]{3}$/.test(mode)) throw new TypeError(`"${mode}" is not a file mode such as 0600`);
  return `-${[...mode.slice(1)].map((digit) => ['r', 'w', 'x'].map((letter, bit) => (Number(digit) & (4 >> bit) ? letter : '-')).join('')).join('')}`;
}
