import { expect, it } from 'vitest';
import { z } from 'zod';
import { field } from '../../../shared/topic-kit/index.ts';
import { namedForSession } from './session-names.ts';

const text = (control: 'file' | 'text') => field(z.string().optional(), { label: 'Name', help: 'Which.', control });
const parameters = z.object({ image: text('file'), spare: text('file'), note: text('text') });

it('names the files of a form as sessions do, and leaves what else looks like one', async () => {
  const shell = { there: (files: readonly string[]) => Promise.resolve(files.map((file) => file.replace('C:\\', '/mnt/c/'))) };
  expect(await namedForSession({ parameters }, { image: 'C:\\a.bin', note: 'C:\\b' }, shell)).toEqual({ image: '/mnt/c/a.bin', note: 'C:\\b' });
});
