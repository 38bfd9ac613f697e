/** The rehearsal: a Mac with OS X 10.11 or 10.10 that shares its printers, and another computer. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const socket =
  '\t\t\t<dict>\n\t\t\t\t<key>SockPathMode</key>\n\t\t\t\t<integer>49663</integer>\n\t\t\t\t<key>SockPathName</key>\n\t\t\t\t<string>/private/var/run/cupsd</string>\n\t\t\t</dict>\n';
const loopback = (address: string) =>
  `\t\t\t<dict>\n\t\t\t\t<key>SockNodeName</key>\n\t\t\t\t<string>${address}</string>\n\t\t\t\t<key>SockServiceName</key>\n\t\t\t\t<string>ipp</string>\n\t\t\t</dict>\n`;
/** As CUPS 2.1 has it, and CUPS 2.0 with listeners of the loopback. */
export const jobPlist = (older: boolean, pressured = true) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
\t<key>Label</key>
\t<string>org.cups.cupsd</string>
${pressured ? '\t<key>EnablePressuredExit</key>\n\t<true/>\n' : ''}\t<key>KeepAlive</key>
\t<dict>
\t\t<key>PathState</key>
\t\t<dict>
\t\t\t<key>/private/var/spool/cups/cache/org.cups.cupsd</key>
\t\t\t<true/>
\t\t</dict>
\t</dict>
\t<key>ProgramArguments</key>
\t<array>
\t\t<string>/usr/sbin/cupsd</string>
\t\t<string>-l</string>
\t</array>
\t<key>Sockets</key>
\t<dict>
\t\t<key>Listeners</key>
\t\t<array>
${older ? loopback('::1') + loopback('127.0.0.1') : ''}${socket}\t\t</array>
\t</dict>
</dict>
</plist>
`;
const log = 'Oct 26 07:14:33 mac kernel[0]: memorystatus_thread: idle exiting pid 4901 [cupsd]\n';

const files = (failure: string | null, { system, way }: Readonly<Record<string, unknown>> = {}): LabFile[] => {
  const older = system === 'older';
  const job = jobPlist(older, !(failure === 'no-key' || (older && way === 'listen')));
  return [
    { path: 'plays', content: `${failure ?? ''}\n` },
    {
      path: 'mac.state',
      content: `version=${failure === 'repaired' ? '10.12.6' : older ? '10.10.5' : '10.11.6'}\nsip=${older ? 'none' : 'enabled'}\nrunning=yes\nfirewall=${failure === 'firewall' ? 'blocks' : 'passes'}\n`,
    },
    { path: 'jobs/org.cups.cupsd', content: 'loaded=yes\nondemand=yes\n' },
    { path: 'loaded.plist', content: job },
    { path: 'root/var/log/system.log', content: log },
    { path: 'root/var/db/.keep', content: '' },
    {
      path: 'root/System/Library/LaunchDaemons/org.cups.cupsd.plist',
      content: `${failure === null ? 'bplist00\n' : ''}${failure === 'other-job' ? job.replace('org.cups.cupsd', 'org.cups.other') : job}`,
    },
    { machine: 'other', path: 'other.state', content: 'name=client\n' },
  ];
};

export const lab: Lab = {
  scenario: 'A Mac whose shared printers vanish for other computers',
  failures: [
    {
      id: 'repaired',
      title: 'The Mac was updated to 10.12',
      story: 'Apple has repaired it there. Nothing is changed.',
      stopsAt: { step: 'look', rule: 'not-needed' },
      wayOut: 'undo',
    },
    {
      id: 'no-key',
      title: 'The job has no EnablePressuredExit',
      story: 'This release may not know it. The other way is for it.',
      stopsAt: { step: 'look', rule: 'no-key' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'other-job',
      title: 'The file is another job’s',
      story: 'Somebody has copied a wrong file there. It is left to a person.',
      stopsAt: { step: 'change', rule: 'other-job' },
      wayOut: 'undo',
      inWay: [null, 'listen'],
    },
    {
      id: 'firewall',
      title: 'The Mac’s firewall blocks it',
      story: 'launchd listens, and the firewall lets nobody in.',
      stopsAt: { step: 'ask', rule: 'answers' },
      wayOut: 'remedy',
      inWay: 'listen',
    },
  ],
  facts: {},
  ways: { listen: { way: 'listen', system: 'older' } },
  files,
};
