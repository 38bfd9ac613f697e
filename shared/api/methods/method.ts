/** How a method of the contract is declared, and forms that several areas use. */
import { z } from 'zod';
import { runId } from '../run.ts';
import { chosenTarget, otherMachines, parameterValues, topicId } from '../topic.ts';

export type Audience = 'window' | 'cli' | 'main';
export interface MethodSpec {
  input: z.ZodType;
  output: z.ZodType;
  servedBy: 'backend' | 'main';
  audience: readonly Audience[];
}
const everyone = ['window', 'cli', 'main'] as const;
export const backend = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O, audience: readonly Audience[] = everyone) => ({
  input,
  output,
  servedBy: 'backend' as const,
  audience,
});
export const main = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({
  input,
  output,
  servedBy: 'main' as const,
  audience: ['window'] as const,
});

export const nothing = z.object({});
export const aRun = z.object({ runId });
/** A procedure, where, and how the form is filled in. */
export const choice = z.object({ topicId, target: chosenTarget, machines: otherMachines.optional(), parameters: parameterValues });
/** By name, not by identity: the bytes may come from another realm. */
export const byteArray = z.custom<Uint8Array>((value) => Object.prototype.toString.call(value) === '[object Uint8Array]', 'Expected bytes');
/** What was typed to confirm. */
export const confirmation = z.string().max(256).optional();

const utf8Bytes = (text: string) =>
  [...text].reduce((bytes, character) => bytes + (character < '\u0080' ? 1 : character < '\u0800' ? 2 : character.length === 1 ? 3 : 4), 0);
/** Of this machine. Names are up to 255 bytes there, and composed characters take several. */
export const filePath = z
  .string()
  .min(1)
  .max(4096)
  .refine((path) => !path.includes('\0'), 'Expected a path without NUL')
  .refine((path) => path.split('/').every((name) => utf8Bytes(name) <= 255), 'Expected names of at most 255 bytes');
