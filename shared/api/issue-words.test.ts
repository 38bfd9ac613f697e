import { expect, it } from 'vitest';
import { z } from 'zod';
import { fieldIssueWords, firstIssueText } from './issue-words.ts';

const said = (schema: z.ZodType, value: unknown, words = { label: 'Domain', help: 'The DNS name of the domain. It is kept.', example: 'corp.example.com' }) =>
  schema.safeParse(value, { error: (issue) => fieldIssueWords(issue, words) }).error?.issues[0]?.message;

it.each([
  [z.string(), undefined, 'Domain is needed: the DNS name of the domain, such as corp.example.com.'],
  [z.string().min(1), '', 'Domain is needed: the DNS name of the domain, such as corp.example.com.'],
  [z.string().max(4), '12345', 'Domain is too long: 5 characters, at most 4. Example: corp.example.com.'],
  [z.string(), 5, 'Domain has to be text. Example: corp.example.com.'],
  [z.number(), 'a', 'Domain has to be a number. Example: corp.example.com.'],
  [z.coerce.number(), 'a', 'Domain has to be a number. Example: corp.example.com.'],
  [z.number().max(3), 4, 'Domain has to be at most 3. Example: corp.example.com.'],
  [z.array(z.string()).max(1), ['a', 'b'], 'Domain has too many entries: 2, at most 1. Example: corp.example.com.'],
  [z.enum(['a', 'b']), 'c', 'Domain has to be one of "a", "b". Example: corp.example.com.'],
  [z.union([z.literal(''), z.string().max(3)]), '1234', 'Domain is too long: 4 characters, at most 3. Example: corp.example.com.'],
  [z.string().regex(/^a/), 'b', 'Domain is not written as it should be. Example: corp.example.com.'],
  [z.string().regex(/^a/, 'Begin with a'), 'b', 'Begin with a'],
])('%#: %s of %j', (schema, value, words) => expect(said(schema, value)).toBe(words));

it('speaks of several in the plural, and adds no example that the help has', () => {
  expect(said(z.string(), undefined, { label: 'Controllers', help: 'All of them, such as dc1.', example: 'dc1' })).toBe(
    'Controllers are needed: all of them, such as dc1.',
  );
  expect(said(z.string(), undefined, { label: 'SAS address', help: 'IT firmware.', example: 'x' })).toBe('SAS address is needed: IT firmware, such as x.');
  expect(said(z.string(), undefined, { label: 'Installers', help: 'One a line: name | folder.', example: 'Windows | win' })).toBe(
    'Installers are needed. One a line: name | folder. Example: Windows | win.',
  );
});

it('is what every schema says that says nothing of its own', () => {
  const { error } = z.object({ a: z.object({ b: z.string().max(2) }) }).safeParse({ a: { b: '123' } });
  expect(error && firstIssueText(error)).toBe('a.b: It is too long: 3 characters, at most 2.');
});
