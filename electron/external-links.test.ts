import { expect, it } from 'vitest';
import { isAllowedExternal } from './external-links.ts';

it.each([
  ['https://github.com/a/b', true],
  ['https://www.dell.com/support?x=1#y', true],
  ['http://github.com/', false],
  ['https://github.com:8443/', false],
  ['https://github.com.example/', false],
  ['https://github.com@example.org/', false],
  ['https://user:word@github.com/', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['smb://github.com/share', false],
  ['not an address', false],
])('%s: %s', (address, allowed) => {
  expect(isAllowedExternal(address)).toBe(allowed);
});
