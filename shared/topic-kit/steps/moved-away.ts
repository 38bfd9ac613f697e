/** A step that moves a file or folder out of the way, and brings it back. Data only. */
import { fact, file, sh } from '../script.ts';
import type { CommandStep } from '../step.ts';
import type { StepWords } from './step-words.ts';

/** Where it lies meanwhile: beside the backups of edits, root's alone. */
const shelter = '/var/lib/wrenchbook/moved';

/** Where there is nothing to move, nothing is done, and the undo does nothing. The undo overwrites nothing that has come there since. */
export function movedAwayStep({ path, ...words }: StepWords & { path: string }): CommandStep {
  const place = `${shelter}/${path.slice(1).replaceAll(/[^A-Za-z0-9._-]/g, '-')}`;
  // Those of earlier runs stay where they are.
  const next = sh`number=1; while [ -e ${file(place)}.$number ]; do number=$((number + 1)); done`;
  const ids = { sum: `${words.id}-sum`, place: `${words.id}-place` };
  // Kind and content; of a folder: of all that lies in it.
  const look = sh`look() {
  if [ -L "$1" ]; then printf 'there=link %s\\n' "$(ls -ld "$1" | cksum)"
  elif [ -d "$1" ]; then printf 'there=folder %s\\n' "$(cd "$1" && find . -type f -exec cksum {} + | sort | cksum)"
  elif [ -f "$1" ]; then printf 'there=file %s\\n' "$(cksum <"$1")"
  elif [ -e "$1" ]; then echo there=other
  else echo there=nothing
  fi
}
look ${file(path)}`;
  return {
    ...words,
    kind: 'command',
    danger: 'changes',
    needsRoot: true,
    before: {
      script: sh`${look}
${next}
printf 'place=%s.%s\\n' ${file(place)} "$number"`,
      saves: [
        { id: ids.sum, title: 'What is moved', pattern: /^there=((?:file|folder|nothing).*)$/ },
        { id: ids.place, title: 'Where it is kept', pattern: /^place=(\S+)$/ },
      ],
      matchers: [
        {
          kind: 'failure',
          id: 'not-moved',
          pattern: /^there=(?:other|link)/,
          means: `${path} is a link, or neither a file nor a folder. It is left alone.`,
          next: 'Look at it yourself, and move it by hand if it has to go.',
        },
      ],
    },
    script: sh`if [ -e ${file(path)} ]; then
  ${next}
  mkdir -p -m 700 ${file(shelter)} && mkdir -m 700 ${file(place)}.$number && mv ${file(path)} ${file(place)}.$number/it && echo moved
else echo 'It is not there: there is nothing to move.'
fi`,
    matchers: [],
    verify: {
      script: sh`${look}`,
      matchers: [
        {
          kind: 'expected',
          id: 'gone',
          pattern: /^there=nothing$/,
          means: `${path} is out of the way.`,
          missing: `${path} is still there.`,
          next: 'Read what "mv" says above. A program may have made it again.',
        },
      ],
    },
    undo: sh`if [ -e ${file(fact(ids.place))}/it ]; then
  if [ -e ${file(path)} ] || [ -L ${file(path)} ]; then printf 'Not brought back: there is another one now. The old one is in %s\\n' ${file(fact(ids.place))}; exit 1; fi
  mv ${file(fact(ids.place))}/it ${file(path)} && rmdir ${file(fact(ids.place))} && { rmdir ${file(shelter)} 2>/dev/null || true; }
fi`,
    undone: {
      script: look,
      matchers: [
        {
          kind: 'equal',
          id: 'back',
          pattern: /^there=(.*)$/,
          to: { fact: ids.sum },
          means: 'It is there again, with the content it had.',
          differs: 'It is not there as it was.',
          next: `Look into ${shelter}.`,
        },
      ],
    },
  };
}
