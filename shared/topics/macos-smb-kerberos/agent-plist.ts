/** The property list of the agent that gets tickets. Pure. */
import { type EditRefusal, plistValue } from '../../topic-kit/index.ts';
import { label } from './parameters.ts';

/** Every four hours, and at login. The password comes from the login keychain: it is nowhere in the file. */
export function agentPlist(old: string, principal: string): string | EditRefusal {
  if (old.trim() !== '' && plistValue(old, ['Label']) !== `<string>${label}</string>`)
    return { rule: 'other-file', means: 'There is a file of this name with something else in it.', next: 'Move it away, and run the step again.' };
  const words = ['/usr/bin/kinit', '--keychain', '--renewable-life=7d', principal];
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
\t<key>Label</key>
\t<string>${label}</string>
\t<key>ProgramArguments</key>
\t<array>
${words.map((word) => `\t\t<string>${word}</string>\n`).join('')}\t</array>
\t<key>RunAtLoad</key>
\t<true/>
\t<key>StartInterval</key>
\t<integer>14400</integer>
</dict>
</plist>
`;
}
