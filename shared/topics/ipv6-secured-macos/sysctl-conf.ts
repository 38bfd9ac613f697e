/** /etc/sysctl.conf of macOS, which does not exist by default. Pure. */
import { setLine } from '../../topic-kit/index.ts';

/** Without blanks around “=”. A line that sets another value is changed in its place; a comment is left alone. */
export const withSwitchOff = (old: string): string => setLine(old, /^\s*net\.inet6\.send\.opmode\s*=/, 'net.inet6.send.opmode=0');
