/** Of fleets: a playbook on many hosts. The window names hosts and runs; a folder and an inventory come from a dialog or a terminal. */
import { z } from 'zod';
import {
  anyHostSource,
  attemptKind,
  cellDetail,
  fleetChanges,
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
  inventorySource,
} from '../fleet.ts';
import { fleetFindings } from '../fleet-doctor.ts';
import { checkedFleetForm, compilability, compiledFolder, fleetForm, fleetOrigin } from '../fleet-form.ts';
import { backend, byteArray, filePath, main, nothing } from './method.ts';

const aFleet = z.object({ runId: fleetRunId });
const password = z.string().min(1).max(1024).optional();
const sources = z.array(hostSource).max(50);
const someSources = z.array(anyHostSource).min(1).max(50);
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
  /** Which procedures can be compiled, and why the others can't. */
  'fleets.compilable': backend(nothing, z.array(compilability)),
  /** What is wrong with the form, what is still asked, and the plan that will be compiled. Runs nothing, connects to nothing. */
  'fleets.checkForm': backend(fleetForm, checkedFleetForm),
  /** What a folder with a compiled playbook says of itself. */
  'fleets.readFolder': backend(z.object({ folder: filePath }), compiledFolder, ['cli', 'main']),
  /** Compiles the form and makes a fleet run of it. Nothing is run. */
  'fleets.prepareForm': backend(z.object({ form: fleetForm, sources: someSources, sshPassword: z.boolean().default(false) }), prepared, ['cli', 'main']),
  /** Makes a fleet run of a folder with a compiled playbook. Nothing is run. */
  'fleets.prepareFolder': backend(
    z.object({
      folder: filePath,
      sources: someSources,
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
  'fleets.changes': backend(aFleet, fleetChanges),
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
  /** Copies the playbook as it runs into a folder that is new, empty, or has an earlier compilation. */
  'fleets.savePlaybook': backend(aFleet.extend({ folder: filePath }), z.object({ folder: z.string(), files: z.number().int() }), ['cli', 'main']),
  /** Ansible's terminal; nothing is typed into it. */
  'fleets.attach': backend(aFleet, z.object({ bytes: byteArray, offset: z.number() })),
  'fleets.detach': backend(aFleet, nothing),
  'fleets.resize': backend(aFleet.extend({ cols: z.number().int(), rows: z.number().int() }), nothing),
  'fleets.acknowledge': backend(aFleet.extend({ offset: z.number().int().nonnegative() }), nothing),
  /** Asks for an inventory of Ansible and says which hosts it has; null where none was chosen. */
  'window.chooseInventory': main(nothing, z.object({ path: z.string(), found: foundHosts }).nullable()),
  /** The hosts of one of its groups; of an inventory that was chosen before. */
  'window.inventoryHosts': main(z.object({ path: z.string().max(4096), group: z.string().min(1).max(255) }), foundHosts),
  /** Asks for a folder with a compiled playbook and says what is in it; null where none was chosen. */
  'window.choosePlaybook': main(nothing, compiledFolder.nullable()),
  /** Makes a fleet run of a form, or of a folder that was chosen before; so were the inventories. */
  'window.prepareFleet': main(z.object({ origin: fleetOrigin, sources, inventories: z.array(inventorySource).max(20), sshPassword: z.boolean() }), prepared),
  /** Asks for a folder and copies the playbook into it; null where none was chosen. */
  'window.saveFleetPlaybook': main(aFleet, z.object({ folder: z.string().nullable() })),
  'window.exportFleet': main(aFleet.extend({ format: fleetExportFormat }), z.object({ path: z.string().nullable() })),
};
