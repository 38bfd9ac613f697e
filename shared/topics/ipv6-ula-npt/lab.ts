/** The rehearsal of Ipv6 ula npt. */
import type { Lab } from '../../topic-kit/index.ts';

export const lab: Lab = {
  scenario: '',
  failures: [],
  facts: {},
  files: () => [],
};
