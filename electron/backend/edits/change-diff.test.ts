import { describe, expect, it } from 'vitest';
import { changeDiff, longestDiff } from './change-diff.ts';

describe('the diff of a change', () => {
  it('is unified, with the lines around', () =>
    expect(changeDiff('/etc/x', 'a\nb\nc\nd\ne\nf\n', 'a\nb\nc\nd\nE\nf\n')).toBe('--- /etc/x\n+++ /etc/x\n@@ -2,5 +2,5 @@\n b\n c\n d\n-e\n+E\n f'));
  it('says that a file is new', () => expect(changeDiff('/etc/x', null, 'a\n')).toBe('--- /dev/null\n+++ /etc/x\n@@ -0,0 +1,1 @@\n+a'));
  it('hides no control character and nothing without width', () => {
    const diff = changeDiff('/etc/x', 'a\r\n', '\u001b]52;c;x\u0007\u202etxt\u200b\ta\u0085\n') ?? '';
    expect(diff).toContain('-a<CR>\n');
    expect(diff).toContain('+<ESC>]52;c;x<U+0007><U+202E>txt<U+200B>\ta<U+0085>');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    expect(diff).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  });
  it('shows both texts whole where everything differs, and nothing where that is too much to look through', () => {
    const lines = (sign: string, count: number) => Array.from({ length: count }, (_, line) => `${sign}${line}\n`).join('');
    const whole = changeDiff('/etc/x', lines('old ', 3000), lines('new ', 3000)) ?? '';
    expect(whole.split('\n').filter((line) => line.startsWith('-old')).length).toBe(3000);
    expect(whole.split('\n').filter((line) => line.startsWith('+new')).length).toBe(3000);
    expect(changeDiff('/etc/x', '', 'x'.repeat(longestDiff))).toBeNull();
  });
});
