import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { shellFindings, whyNoShellcheck } from './shellcheck.test-kit.ts';

if (whyNoShellcheck) console.log(`The helper’s scripts are not looked through: ${whyNoShellcheck}.`);

it.skipIf(whyNoShellcheck)('shellcheck finds nothing in the helper’s scripts', () => {
  const folder = path.resolve('assets/helper');
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.sh'));
  expect(scripts.length).toBeGreaterThan(1);
  expect(shellFindings(scripts.map((name) => path.join(folder, name)))).toBe('');
});
