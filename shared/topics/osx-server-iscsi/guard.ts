/** Keeps the service from starting before its volume is mounted: else it makes an empty store below the mount point. */
import { type EditStep, file, sh } from '../../topic-kit/index.ts';
import { markerOf, type Parameters, serviceOf } from './parameters.ts';

export const guardLabel = (values: Parameters): string => `org.wrenchbook.${serviceOf(values)}-volume`;
export const guardFile = (values: Parameters): string => `/Library/LaunchDaemons/${guardLabel(values)}.plist`;

/** The shell of the job: stops the service, waits for the marker, and starts it. */
export const guardScript = (values: Parameters): string =>
  `export PATH="$PATH:/Applications/Server.app/Contents/ServerRoot/usr/sbin"; marker=${markerOf(values)}; [ -e "$marker" ] || serveradmin stop ${serviceOf(values)}; until [ -e "$marker" ]; do sleep 5; done; serveradmin start ${serviceOf(values)}`;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
export const guardPlist = (values: Parameters): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
\t<key>Label</key>
\t<string>${guardLabel(values)}</string>
\t<key>ProgramArguments</key>
\t<array>
\t\t<string>/bin/sh</string>
\t\t<string>-c</string>
\t\t<string>${escaped(guardScript(values))}</string>
\t</array>
\t<key>RunAtLoad</key>
\t<true/>
</dict>
</plist>
`;

export const guard = (values: Parameters): EditStep => ({
  kind: 'edit',
  id: 'guard',
  title: 'Let the service wait for its volume at boot',
  intro: 'iSCSI disks come after services have started. A job of launchd stops the service until the marker on the volume is there.',
  danger: 'changes',
  runsOn: 'the server',
  needsRoot: true,
  file: guardFile(values),
  create: { mode: '0644' },
  edit: (old) =>
    old === '' || old.includes(`<string>${guardLabel(values)}</string>`)
      ? guardPlist(values)
      : { rule: 'other-job', means: 'There is another job in this file.', next: 'Move it away, and run the step again.' },
  verify: {
    looksOnlyAt: 'whether the list can be read: launchd loads it at the next boot',
    script: sh`plutil -lint ${file(guardFile(values))}`,
    matchers: [
      {
        kind: 'expected',
        id: 'lint',
        pattern: /: OK$/,
        means: 'It is a good property list.',
        missing: 'It is not a good property list.',
        next: 'Read what plutil says.',
      },
    ],
  },
});
