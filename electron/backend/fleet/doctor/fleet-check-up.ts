/** A check-up of many hosts: its playbook for a fleet run, and what is said of the hosts of one, from its record. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import { checkUpTopic, type FleetFindings } from '../../../../shared/api/fleet-doctor.ts';
import { topicsFor } from '../../doctor/doctor-topics.ts';
import type { TargetBook } from '../../targets/book/target-book.ts';
import { fleetTarget } from '../compile/fleet-plan.ts';
import type { FleetRun } from '../run/fleet-run.ts';
import type { PlaybookFile } from '../run/playbook-folder.ts';
import { doctorPlaybook } from './doctor-playbook.ts';
import { fleetFindings } from './host-findings.ts';

const about = z.looseObject({ doctor: z.object({ mark: z.string().min(8), deep: z.boolean(), category: z.string().nullable() }) });
const askedOf = (category: string | null) => ({ target: fleetTarget, ...(category !== null && { category }) });

/** Throws `not-found` for a category without checks. */
export async function checkUpPlaybook(book: TargetBook, { category, deep }: { category: string | null; deep: boolean }): Promise<PlaybookFile[]> {
  return doctorPlaybook(await topicsFor(askedOf(category), book), { mark: randomBytes(8).toString('hex'), deep, category });
}

/** By the rules of the procedures as they are now. Throws `does-not-apply` for a fleet run that is none, `not-intact` where its playbook was changed. */
export async function checkUpFindings(book: TargetBook, run: FleetRun): Promise<FleetFindings> {
  if (run.fold.created?.topicId !== checkUpTopic)
    throw new WrenchbookError('does-not-apply', `The fleet run ${run.runId} is not a check-up.`, 'Start one with "wrenchbook fleet doctor".');
  const { doctor } = about.parse(JSON.parse(run.intactFile('wrenchbook.json')));
  return fleetFindings(run.fold, await topicsFor(askedOf(doctor.category), book), doctor);
}
