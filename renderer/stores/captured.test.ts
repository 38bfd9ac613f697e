import { expect, it } from 'vitest';
import { capturedFor, noteCaptured } from './captured.ts';

const fields = [
  { name: 'domain', secret: false, control: 'text' },
  { name: 'password', secret: true, control: 'text' },
  { name: 'rom', secret: false, control: 'switch' },
] as const;

it('gives the topic that was opened what the line says of its fields, and no other', () => {
  noteCaptured('bind', { domain: 'corp.example', password: 'x', rom: 'yes', other: 'y' });
  expect(capturedFor('bind', fields)).toEqual({ domain: 'corp.example' });
  expect(capturedFor('apache', fields)).toEqual({});
  noteCaptured('bind', {});
  expect(capturedFor('bind', fields)).toEqual({});
});
