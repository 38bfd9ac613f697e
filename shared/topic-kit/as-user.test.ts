import { expect, it } from 'vitest';
import { asUser } from './as-user.ts';
import { file, renderScript, renderSealed, sh } from './script.ts';

it('is one word for su, with values by the environment, in a rehearsal too', () => {
  const script = sh`WB_FILE=${file('/etc/x')} ${asUser('www-data', 'cat "$WB_FILE"')}`;
  expect(renderScript(script, (path) => path)).toBe(`WB_FILE=/etc/x su -s /bin/sh www-data -c 'cat "$WB_FILE"'`);
  expect(renderSealed(script, (path) => `root${path}`)).toBe(`WB_FILE=root/etc/x su -s /bin/sh www-data -c 'cat "$WB_FILE"'`);
});
