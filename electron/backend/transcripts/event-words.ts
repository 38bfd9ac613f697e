/** One sentence for each event of a journal: the operator record that people read. Pure. */

import type { ShownFile } from '../../../shared/api/edit.ts';
import { factsText } from '../../../shared/api/facts-text.ts';
import type { TranscriptEntry } from '../../../shared/api/transcript.ts';
import type { GoesOn, RunEvent } from '../runs/run-event.ts';

export function transcriptEntries(events: readonly RunEvent[]): TranscriptEntry[] {
  const [created] = events;
  const { plan = [], machines = [] } = created?.type === 'run-created' ? created : {};
  const where = (id: string | undefined) => {
    const machine = machines.find((each) => each.id === id);
    return machine ? `${machine.title} (${machine.label})` : null;
  };
  return events.map((event) => {
    const stepId = 'stepId' in event ? event.stepId : null;
    const step = plan.find(({ id }) => id === stepId);
    const title = step ? `${step.number}. ${step.title}` : (stepId ?? '');
    return {
      seq: event.seq,
      at: event.at,
      stepId,
      text: words(event, title, where(machineOf(event) ?? step?.on)) + maskedWords(event.masked),
      script: 'script' in event && event.script !== step?.script ? event.script : null,
      verdicts: ('verdicts' in event && event.verdicts) || [],
    };
  });
}

/** Another machine than the step's, or of no step. */
const machineOf = (event: RunEvent): string | undefined => ('machine' in event ? event.machine : 'on' in event ? event.on : undefined);

const goesOnWords = (goesOn?: GoesOn) =>
  goesOn === undefined ? '' : goesOn.by === 'restart' ? ', the target restarts' : `, in ${goesOn.by} on the target (${goesOn.folder})`;

/** A question before the step has begun: of ssh, sudo and their like. */
const onTheWay = 'On the way to the target';

const maskedWords = (masked = 0) => (masked === 0 ? '' : ` (${masked} ${masked === 1 ? 'secret' : 'secrets'} masked)`);

/** `machine`: where that is, of several. */
function words(event: RunEvent, step: string, machine: string | null): string {
  const on = machine === null ? '' : `, on ${machine}`;
  const there = machine ?? 'the target';
  switch (event.type) {
    case 'run-created':
      return `Run created for ${event.topicTitle} on ${event.targetLabel} by ${event.by.user}@${event.by.host} with Wrenchbook ${event.by.wrenchbook}.`;
    case 'session-opened':
      return `Terminal opened: ${event.shell} on ${event.system} as uid ${event.uid}.`;
    case 'session-ended':
      return event.how === 'lost' ? `Terminal lost: ${event.detail}.` : 'Terminal closed.';
    case 'hop-entered':
      return `Entered: ${event.name}, ${event.system}, as uid ${event.uid}.`;
    case 'hop-left':
      return `Left: ${event.name}.`;
    case 'facts-read':
      return `${machine ?? 'The target'} is ${factsText(event.facts)}.`;
    case 'console-opened':
      return `Console opened: ${event.dialect} on ${event.name}.`;
    case 'console-closed':
      return event.how === 'lost' ? `Console lost: ${event.name}, ${event.detail}.` : `Console closed: ${event.name}.`;
    case 'step-started':
      if (event.part === 'show') return `${step}: reading${on}, to show the change${event.attempt > 1 ? `, attempt ${event.attempt}` : ''}.`;
      return `${step}: ${event.part === 'write' ? 'writing what was shown' : 'started'}${on}${event.attempt > 1 ? `, attempt ${event.attempt}` : ''}${event.confirmation ? `, confirmed by typing "${event.confirmation}"` : ''}${event.brought === undefined ? '' : `, done by hand; ${event.brought} characters of output were pasted`}${goesOnWords(event.goesOn)}.${event.because ? ` ${event.because}` : ''}`;
    case 'edit-shown':
      return `${step}: ${oneShown(event, event.again)}`;
    case 'edits-shown': {
      const [only] = event.files;
      if (event.found === null && only) return `${step}: ${oneShown(only, event.again)}`;
      return `${step}: the changes of ${event.files.length} of ${event.found} files were shown${event.again ? ' again, as something had changed' : ''}: ${event.files.map(({ place }) => place).join(', ')}.`;
    }
    case 'file-restored':
      return `${step}: ${event.name} was put back.`;
    case 'file-backed-up':
      return `${step}: the old version of ${event.name ?? 'the file'} is kept in ${event.place} (mode ${event.file.mode}, owner ${event.file.uid}:${event.file.gid}) and ${event.notKept === null ? "in this run's folder" : `not in this run's folder. ${event.notKept}`}.`;
    case 'file-written':
      return `${step}: ${event.name ?? 'the file'} was written and read back.`;
    case 'prompt-shown':
      return `${step || onTheWay}: asked a question.`;
    case 'prompt-answered':
      return event.value === null ? `${step || onTheWay}: the question was answered in the terminal.` : `${step || onTheWay}: answered "${event.value}".`;
    case 'fact-saved':
      return `${step}: read ${event.title}: ${event.value}.`;
    case 'step-ended':
      return `${step}: ${event.ok ? 'done' : 'failed'}${event.exitStatus === null ? '' : ` (exit status ${event.exitStatus})`}.`;
    case 'baseline-seen':
      return `${step}: checked what was there before${event.lines.length > 0 ? '; some of it looks like a problem, and is not counted against the step' : ''}.`;
    case 'step-interrupted':
      return `${step}: interrupted. ${event.reason}`;
    case 'keeper-looked':
      return event.by ? `Commands that take long run in ${event.by} on ${there}.` : `${machine ?? 'The target'} has neither tmux nor screen.`;
    case 'step-rejoined':
      return `${step}: found again on the target.`;
    case 'step-gone':
      return `${step}: not found on the target any more. ${event.because}`;
    case 'step-skipped':
      return `${step}: skipped. Reason: ${event.reason}`;
    case 'remedy-started':
      return `${step}: fix chosen${on}: ${event.title}.`;
    case 'remedy-ended':
      return `${step}: fix ${event.ok ? 'done' : 'failed'}.`;
    case 'undo-started':
      return 'Undo started.';
    case 'step-undo-started':
      return `${step}: undoing${on}.`;
    case 'step-undone':
      return `${step}: ${event.ok ? 'undone' : `could not be undone (${event.because ?? `exit status ${event.exitStatus}`})`}.`;
    case 'undo-ended':
      return event.remains.length > 0 ? `Undo finished. Not undone: ${event.remains.join(' ')}` : 'Undo finished: everything was undone.';
    case 'ctrl-c':
      return step ? `${step}: Ctrl-C sent.` : 'Ctrl-C sent.';
    case 'note':
      return event.text;
    case 'run-ended':
      return event.outcome === 'done' ? 'Run ended: all steps done.' : 'Run stopped by the admin.';
  }
}

const oneShown = ({ place, before, after }: Pick<ShownFile, 'place' | 'before' | 'after'>, again: boolean) =>
  `the change of ${place} was shown${again ? ' again, as the file had changed' : ''}. ${before ? `Now: ${before.size} bytes, mode ${before.mode}, owner ${before.uid}:${before.gid}` : 'Not there now'}; then: ${after.size} bytes, mode ${after.mode}.`;
