/** Of procedures and calculators, before anything runs. */
import { z } from 'zod';
import { calculationAnswer, calculationRequest } from '../calculation.ts';
import { mediaDevice } from '../media.ts';
import { inputFile, plan } from '../plan.ts';
import { targetId } from '../target.ts';
import { machineId, parameterIssue, runPlace, topicDetail, topicId, topicSummary } from '../topic.ts';
import { backend, choice, nothing } from './method.ts';

export const topicMethods = {
  'topics.list': backend(nothing, z.array(topicSummary)),
  'topics.get': backend(z.object({ topicId }), topicDetail),
  /** Topics whose symptoms are in a pasted log line or text, best first. `captured`: values in it for fields of the form. */
  'topics.search': backend(
    z.object({ text: z.string().max(65_536) }),
    z.array(z.object({ topicId, because: z.string(), captured: z.record(z.string(), z.string()), line: z.string(), count: z.number().int() })),
  ),
  /** Validates the form, reads the named files, and makes the plan where nothing is wrong. Runs no command. */
  'topics.check': backend(choice, z.object({ issues: z.array(parameterIssue), inputs: z.array(inputFile), plan: plan.nullable() })),
  /** Where it could run: this machine, what is in the book of targets, by hand, and the lab. */
  'topics.places': backend(z.object({ topicId, machine: machineId.optional() }), z.array(runPlace)),
  /** For each procedure the targets of the book that it fits, going by what they said of themselves when they were reached last. */
  'topics.fitting': backend(nothing, z.array(z.object({ topicId, targetIds: z.array(targetId) }))),
  /** What a calculator makes of its parameters and data; quick, and nothing is kept. */
  'calculators.calculate': backend(calculationRequest, calculationAnswer),
  /** The disks of this machine, and for each that can't be written over why not. */
  'media.devices': backend(nothing, z.array(mediaDevice)),
};
