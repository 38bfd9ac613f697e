/** The rehearsal of Zimbra backup ssh. */
import type { Lab } from '../../topic-kit/index.ts';

export const lab: Lab = {
  scenario: '',
  failures: [],
  facts: {},
  files: () => [],
};
