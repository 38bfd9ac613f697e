/** Of fleets: a playbook on many hosts. The window names hosts and runs; a folder and an inventory come from a dialog or a terminal. */
import { z } from 'zod';
import {
  anyHostSource,
  attemptKind,
  cellDetail,
  changeGroup,
  fleetEngine,
  fleetExportFormat,
  fleetFile,
  fleetRollout,
  fleetRunId,
  fleetState,
  fleetSummary,
  fleetVerification,
  foundHosts,
  hostChoices,
  hostSource,
  hostTrouble,
} from '../fleet.ts';
import { fleetFindings } from '../fleet-doctor.ts';
import { backend, byteArray, filePath, main, nothing } from './method.ts';

const aFleet = z.object({ runId: fleetRunId });
const password = z.string().min(1).max(1024).optional();
const sources = z.array(hostSource).max(50);
const prepared = z.object({ state: fleetState, troubles: z.array(hostTrouble), twice: z.array(z.string()) });

export const fleetMethods = {
  /** Whether ansible-core is there, and how it is installed. */
  'fleets.engine': backend(nothing, fleetEngine),
  'fleets.list': backend(nothing, z.array(fleetSummary)),
  'fleets.get': backend(aFleet, fleetState),
  'fleets.choices': backend(nothing, hostChoices),
  'fleets.hosts': backend(z.object({ sources }), foundHosts),
  /** The same, with inventories of Ansible by their paths; those may be programs. */
  'fleets.findHosts': backend(z.object({ sources: z.array(anyHostSource).max(50) }), foundHosts, ['cli', 'main']),
  /** Makes a fleet run of a folder with a compiled playbook. Nothing is run. */
  'fleets.prepareFolder': backend(
    z.object({
      folder: filePath,
      sources: z.array(anyHostSource).min(1).max(50),
      sshPassword: z.boolean().default(false),
      rollout: fleetRollout.default({}),
    }),
    prepared,
    ['cli', 'main'],
  ),
  /** Makes a fleet run of the checks of all procedures: it only reads. Nothing is run yet. */
  'fleets.prepareCheckUp': backend(
    z.object({
      sources: z.array(anyHostSource).min(1).max(50),
      category: z.string().max(100).optional(),
      deep: z.boolean().default(false),
      sshPassword: z.boolean().default(false),
    }),
    prepared,
    ['cli', 'main'],
  ),
  /** What a check-up says of each host. */
  'fleets.findings': backend(aFleet, fleetFindings),
  /** The playbook as it runs, the inventory too. */
  'fleets.files': backend(aFleet, z.object({ files: z.array(fleetFile) })),
  /** What the last check would change, hosts with the same changes together. */
  'fleets.changes': backend(aFleet, z.object({ groups: z.array(changeGroup) })),
  'fleets.cell': backend(aFleet.extend({ host: z.string().max(255), step: z.string().max(64) }), cellDetail),
  /** Starts an attempt; resolves when Ansible runs, and `fleets.changed` tells of it. Secrets and passwords are kept in memory only. */
  'fleets.start': backend(
    aFleet.extend({
      kind: attemptKind,
      secrets: z.record(z.string().max(64), z.string().max(4096)).default({}),
      becomePassword: password,
      sshPassword: password,
      cols: z.number().int().min(20).max(500).default(120),
      rows: z.number().int().min(5).max(200).default(40),
    }),
    nothing,
    ['window', 'cli'],
  ),
  /** Ctrl-C; with `kill`, or the second time, all of its processes are killed. */
  'fleets.stop': backend(aFleet.extend({ kill: z.boolean().default(false) }), nothing),
  'fleets.verify': backend(aFleet, fleetVerification),
  'fleets.export': backend(aFleet.extend({ format: fleetExportFormat, out: filePath }), z.object({ path: z.string(), bytes: z.number() }), ['cli', 'main']),
  /** Ansible's terminal; nothing is typed into it. */
  'fleets.attach': backend(aFleet, z.object({ bytes: byteArray, offset: z.number() })),
  'fleets.detach': backend(aFleet, nothing),
  'fleets.resize': backend(aFleet.extend({ cols: z.number().int(), rows: z.number().int() }), nothing),
  'fleets.acknowledge': backend(aFleet.extend({ offset: z.number().int().nonnegative() }), nothing),
  /** Asks for an inventory of Ansible and says which hosts it has; null where none was chosen. */
  'window.chooseInventory': main(nothing, z.object({ path: z.string(), found: foundHosts }).nullable()),
  /** Asks for a folder with a compiled playbook and makes a fleet run of it; inventories are those that were chosen before. */
  'window.prepareFleet': main(z.object({ sources, inventories: z.array(z.string().max(4096)).max(20), sshPassword: z.boolean() }), prepared.nullable()),
  'window.exportFleet': main(aFleet.extend({ format: fleetExportFormat }), z.object({ path: z.string().nullable() })),
};
