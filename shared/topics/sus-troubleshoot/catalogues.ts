/** Corrupt catalogues: stop, move them away, start; the service fetches them again. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import { notes, type Parameters } from './parameters.ts';
import { findContent, showService } from './reading.ts';

const showCatalogues = sh`${findContent}
if [ -e "$content/catalogs.old" ]; then echo old=yes; else echo old=no; fi
if [ -e "$content/catalogs" ]; then printf 'inode=%s\\n' "$(ls -id "$content/catalogs" | sed 's/^ *//; s/ .*//')"; else echo inode=none; fi`;

export const fetchCatalogues = ({ log }: Parameters): Step => ({
  kind: 'command',
  id: 'catalogues',
  title: 'Move the catalogues away',
  intro: 'The service is stopped meanwhile. It fetches new catalogues by itself, or with the sync below. The old ones stay beside them as catalogs.old.',
  danger: 'changes',
  runsOn: 'the server',
  needsRoot: true,
  before: {
    script: showCatalogues,
    saves: [{ id: 'inode', title: 'Old catalogues', pattern: /^inode=(\d+)$/ }],
    matchers: [
      {
        kind: 'failure',
        id: 'old-there',
        pattern: /^old=yes$/,
        means: 'There is a catalogs.old already: the new one would end up inside it.',
        next: 'Rename it if you need it, else delete it. Then run the step again.',
        remedies: ['rename-old'],
      },
    ],
  },
  script: sh`${findContent}
if [ -z "$content" ]; then echo content=none; exit 1; fi
log=${file(log)}
mkdir -p -m 700 ${file(notes)}
if [ ! -e "$content/catalogs.old" ]; then
  serveradmin stop swupdate
  mv "$content/catalogs" "$content/catalogs.old"
  if [ -r "$log" ]; then printf '%s %s\\n' "$(ls -i "$log" | sed 's/^ *//; s/ .*//')" "$(($(wc -c <"$log")))" >${file(`${notes}/log-mark`)}; fi
fi
serveradmin start swupdate`,
  matchers: [
    {
      kind: 'failure',
      id: 'stopped-late',
      pattern: /^mv: /,
      means: 'The catalogues could not be moved.',
      next: 'Read what mv says, start the service, and run the step again.',
    },
  ],
  verify: {
    script: sh`${showService}
${showCatalogues}`,
    matchers: [
      {
        kind: 'expected',
        id: 'running',
        pattern: /^state=RUNNING$/,
        means: 'The service runs.',
        missing: 'The service does not run.',
        next: 'Read its log, and start it.',
        remedies: ['start'],
      },
      {
        kind: 'expected',
        id: 'old',
        pattern: /^old=yes$/,
        means: 'The old catalogues are out of the way.',
        missing: 'The old catalogues are not out of the way.',
        next: 'Read what mv says above.',
      },
    ],
  },
  undo: sh`${findContent}
if [ -n "$content" ] && [ -d "$content/catalogs.old" ]; then
  serveradmin stop swupdate
  rm -rf "$content/catalogs"
  mv "$content/catalogs.old" "$content/catalogs"
  serveradmin start swupdate
fi
rm -f ${file(`${notes}/log-mark`)}
rmdir ${file(notes)} ${file('/var/db/wrenchbook')} 2>/dev/null || :`,
  undone: {
    script: sh`${showService}
${showCatalogues}`,
    matchers: [
      { kind: 'expected', id: 'running', pattern: /^state=RUNNING$/, means: 'The service runs.', missing: 'The service does not run.', next: 'Start it.' },
      {
        kind: 'equal',
        id: 'same',
        pattern: /^inode=(\d+)$/,
        to: { fact: 'inode' },
        means: 'The old catalogues are in their place.',
        differs: 'The old catalogues are not in their place.',
        next: 'Look at catalogs and catalogs.old.',
      },
    ],
  },
});
