/** The LUNs of this server and their paths: one by the switch before, two after. */
import { type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { runsOn } from './ports.ts';

/** How many LUNs there are, and with how many working paths. */
const paths = sh`wb_all=$(LC_ALL=C multipath -ll 2>&1)
printf '%s\\n' "$wb_all"
printf '%s\\n' "$wb_all" | awk '/ dm-[0-9]+ / { luns++; if (luns > 1) count[paths]++; paths = 0 }
  /active ready running/ { paths++ }
  END { if (luns) count[paths]++; print "luns=" luns + 0; print "without-path=" count[0] + 0; print "one-path=" count[1] + 0 }'`;
const noMultipath: Matcher = {
  kind: 'failure',
  id: 'no-multipath',
  pattern: /^luns=0$/,
  unless: /without a LUN/,
  means: 'multipath shows no LUN: it is not installed, does not run, or the host sees no array.',
  next: 'Set up multipath first. On ESXi or a Mac skip this step, and look there.',
};
const failedPath: Matcher = {
  kind: 'warning',
  id: 'failed-path',
  pattern: /\bfailed faulty\b/,
  text: 'failed faulty running',
  means: 'A path has failed.',
  next: 'Find out why before you count on it: cable, zone, or a controller that restarts.',
};
export const otherPath: Step = {
  kind: 'command',
  id: 'other-path',
  title: 'Check that each LUN has a path by the switch',
  intro: 'The loop goes down whenever one node does. Then the switch’s path has to carry everything.',
  danger: 'reads',
  minutes: 1,
  runsOn,
  needsRoot: true,
  script: paths,
  matchers: [
    noMultipath,
    failedPath,
    {
      kind: 'failure',
      id: 'no-path',
      pattern: /^without-path=[1-9]\d*$/,
      text: 'without-path=1',
      means: 'A LUN has no working path now.',
      next: 'Repair the path by the switch first ("multipath -ll"; zones; the array’s mapping). A loop does not replace it.',
    },
    { kind: 'expected', id: 'paths', pattern: /^luns=\d+$/, means: 'The LUNs were counted.', missing: 'The LUNs were not counted.' },
  ],
};

export const secondPath: Step = {
  kind: 'command',
  id: 'second-path',
  title: 'Check that each LUN has two paths',
  intro: 'One by the switch, one by the loop. Do this on each host.',
  danger: 'reads',
  minutes: 1,
  runsOn,
  needsRoot: true,
  script: sh`multipath -r > /dev/null 2>&1 || true
${paths}`,
  matchers: [
    noMultipath,
    failedPath,
    {
      kind: 'failure',
      id: 'no-path',
      pattern: /^without-path=[1-9]\d*$/,
      text: 'without-path=1',
      means: 'A LUN has no working path.',
      next: 'Unplug the loop, and check the path by the switch.',
    },
    {
      kind: 'expected',
      id: 'two',
      pattern: /^one-path=0$/,
      means: 'Each LUN has two working paths at least.',
      missing: 'A LUN has only one working path.',
      next: 'Map it to the array’s ports of the loop, too, then run the step again.',
      remedies: ['map'],
    },
  ],
};
