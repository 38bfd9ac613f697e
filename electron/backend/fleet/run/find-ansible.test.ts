import { describe, expect, it } from 'vitest';
import { installWays } from './find-ansible.ts';

describe('where ansible-core is missing', () => {
  it.each([
    ['ID=debian\n', 'linux', 'sudo apt install ansible-core'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'linux', 'sudo apt install ansible-core'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'linux', 'sudo dnf install ansible-core'],
    ['ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', 'linux', 'sudo zypper install ansible-core'],
    ['', 'linux', 'pipx install ansible-core'],
    ['', 'darwin', 'brew install ansible'],
  ] as const)('%j on %s: %s', (release, platform, command) => expect(installWays(release, platform)[0]?.command).toBe(command));
});
