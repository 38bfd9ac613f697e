import { execFileSync } from 'node:child_process';
import { it } from 'vitest';

it('the generated index of topics is fresh (npm run generate makes it so)', () => {
  execFileSync(process.execPath, ['scripts/generate.mjs', '--check'], { stdio: 'inherit' });
});
