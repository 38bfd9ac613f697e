/** Read the log; fetch the catalogues again first, then make folders, then sync once, then enable. */
import type { Matcher, Step } from '../../topic-kit/index.ts';
import { sh } from '../../topic-kit/index.ts';
import { fetchCatalogues } from './catalogues.ts';
import { enableAll } from './enable-all.ts';
import { makeFolders, sync } from './folders.ts';
import type { Parameters } from './parameters.ts';
import { showLog, showService } from './reading.ts';

export const steps = (values: Parameters): Step[] => [
  look(values),
  ...(values.catalog ? [fetchCatalogues(values)] : []),
  ...(values.folders ? [makeFolders(values)] : []),
  ...(values.catalog || values.folders ? [sync(values)] : []),
  ...(values.enable ? [enableAll] : []),
];

const look = (values: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Read the log of the sync',
  intro: 'Joins the lines of each complaint, counts each product once, and checks which of the named folders are missing now.',
  danger: 'reads',
  runsOn: 'the server',
  needsRoot: true,
  script: sh`${showService}
${showLog(values.log)}`,
  saves: [
    { id: 'folders', title: 'Missing folders', pattern: /^folders=(\d+)$/ },
    { id: 'gone', title: 'Products no longer available', pattern: /^gone=(\d+)$/ },
    { id: 'versions', title: 'Products without a version', pattern: /^versions=(\d+)$/ },
  ],
  matchers: [
    {
      kind: 'failure',
      id: 'not-server',
      pattern: /^serveradmin=missing$/,
      alone: true,
      means: 'There is no serveradmin.',
      next: 'This procedure is for Mac OS X Server up to macOS Server 5.6.',
    },
    {
      kind: 'failure',
      id: 'no-content',
      pattern: /^content=none$/,
      alone: true,
      means: 'The folder of the updates was not found.',
      next: 'Check "serveradmin settings swupdate:updatesDocRoot", and that its disk is mounted.',
    },
    { kind: 'failure', id: 'no-log', pattern: /^log=unread$/, means: 'The log could not be read.', next: 'Check its path, and run the step as root.' },
    ...(values.folders ? folderMatchers : []),
    {
      kind: 'warning',
      id: 'many-gone',
      pattern: /^gone=(?:[2-9]\d|\d{3,})$/,
      means: 'Many products are no longer available. A few such lines are usual; many may mean corrupt catalogues. Where the line lies is a guess.',
      next: 'Check Server Admin for “_productId Update”. If it shows that, fetch the catalogues again.',
    },
    ...(values.catalog
      ? []
      : [
          {
            kind: 'warning' as const,
            id: 'corrupt',
            pattern: /^versions=[1-9]\d*$/,
            means: 'Products without a version string: the catalogues are corrupt.',
            next: 'Start a new run that fetches the catalogues again.',
          },
        ]),
    {
      kind: 'warning',
      id: 'space',
      pattern: /^free=\d{1,2}$/,
      means: 'Less than 100 GB are free. A mirror of everything needs more than that.',
      next: 'Watch the disk while it syncs.',
    },
    {
      kind: 'warning',
      id: 'denied',
      pattern: /^locked=[1-9]\d*$/,
      means: 'The sync was denied access: somebody has run it as root before.',
      next: 'If the sync below is denied access too, its remedy repairs the owner.',
    },
    { kind: 'expected', id: 'read', pattern: /^lines=\d+$/, means: 'The log was read.', missing: 'The log was not read.', next: 'Check its path.' },
  ],
});

const folderMatchers: Matcher[] = [
  {
    kind: 'failure',
    id: 'strange',
    pattern: /^strange: \S+$/,
    means: 'The address of a refused file is not one of Apple’s below content/downloads. No folder is made for it.',
    next: 'Look at the lines of this product in the log. A server that mirrors another one has its addresses: make the folder there.',
  },
  {
    kind: 'failure',
    id: 'nothing-missing',
    pattern: /^folders=0$/,
    unless: /^(?:strange: |reason: )/,
    means: 'No folder that the log names is missing.',
    next: 'Nothing has to be made. If the log still complains after a sync, the file that is named has another trouble.',
  },
  {
    kind: 'failure',
    id: 'only-other',
    pattern: /^reason: \S+ .+$/,
    given: /^folders=0$/,
    means: 'The file was refused for another reason, which no folder cures.',
    next: 'Read the reason. A download that does not fit its checksum has to be fetched again.',
  },
  {
    kind: 'warning',
    id: 'other-reason',
    pattern: /^reason: \S+ .+$/,
    unless: /^folders=0$/,
    means: 'Another file was refused for another reason. No folder is made for that.',
    next: 'Read the reason.',
  },
];
