import { expect, test } from 'vitest';
import { parseState } from './file-state.ts';

test.each([
  ['-rw-r--r-- 1 0 0 12', { mode: '0644', uid: 0, gid: 0, size: 12 }],
  ['-rwsr-Sr-t. 1 10 20 0', { mode: '7745', uid: 10, gid: 20, size: 0 }],
  ['----------+ 2 65534 65534 8388608', { mode: '0000', uid: 65_534, gid: 65_534, size: 8_388_608 }],
])('reads %s', (line, state) => expect(parseState(line)).toEqual(state));
test.each(['drwxr-xr-x 2 0 0 40', 'crw-rw-rw- 1 0 0 1, 3', 'ls: no such file', ''])('is nothing: %s', (line) => expect(parseState(line)).toBeNull());
