/** A transcript as one HTML file that opens anywhere, without network: player, step index, verdicts, record. */

import { dangerLabels, stepDanger } from '../../../shared/api/danger.ts';
import { factsText } from '../../../shared/api/facts-text.ts';
import { machineTitle } from '../../../shared/api/machine.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Transcript } from '../../../shared/api/transcript.ts';
import { editedWords } from './edited-words.ts';
import { html, htmlDocument } from './html-document.ts';
import { playerLimit } from './recording-reader.ts';

/** The recording as asciicast v3 in bytes, and how long it is. Blocks are read once and may be overwritten afterwards. */
export interface EmbeddedRecording {
  bytes: number;
  blocks: AsyncIterable<Buffer>;
}

/** Whether the page has the recording in it. */
export const isEmbedded = (recordingBytes: number) => recordingBytes > 0 && recordingBytes <= playerLimit;

export async function* toHtml({ run, entries, screens }: Transcript, recording: EmbeddedRecording): AsyncGenerator<string> {
  const embedded = isEmbedded(recording.bytes);
  const index = run.plan.flatMap((step) => {
    const at = run.steps.find((state) => state.id === step.id)?.recordingMarker;
    return typeof at === 'number' ? [`<li><button type="button" data-marker="${at}">${html(`${step.number}. ${step.title}`)}</button></li>`] : [];
  });
  const steps = run.plan.map((step) => {
    const state = run.steps.find((candidate) => candidate.id === step.id);
    const verdicts = (state?.verdicts ?? []).map(
      (verdict) =>
        `<li class="${verdict.kind}"><b>${verdict.kind}</b> ${verdict.line ? `<code>${html(verdict.line)}</code> ` : ''}${html(verdict.means)} ${verdict.next ? `<i>Next: ${html(verdict.next)}</i>` : ''}</li>`,
    );
    const machine = machineTitle(run, step);
    return `<section><h3>${step.number}. ${html(step.title)} <small>${html(state?.status ?? 'pending')} · ${dangerLabels[stepDanger(step)]}</small></h3>${machine === null ? '' : `<p>On: <b>${html(machine)}</b></p>`}<p>${html(step.intro)}</p>
${state?.skipReason ? `<p>Skipped because: ${html(state.skipReason)}</p>` : ''}${step.irreversible ? `<p><b>Cannot be undone:</b> ${html(step.irreversible)}</p>` : ''}
${step.instructions.length > 0 ? `<ol class="by-hand">${step.instructions.map((text) => `<li>${html(text)}</li>`).join('')}</ol>` : ''}${step.cards.map(cardHtml).join('')}
${step.beforeScript ? `<p>Reads first:</p><pre class="command" tabindex="0">${html(step.beforeScript)}</pre>` : ''}${step.script ? `<pre class="command" tabindex="0">${html(step.script)}</pre>` : ''}${step.edit ? `<p>${html(editedWords(step.edit.file, state?.edit ?? null))}</p>` : ''}${state?.edit ? `<pre class="diff" tabindex="0">${diffLines(state.edit.diff)}</pre>` : ''}${step.afterwardsScript ? `<p>Then runs:</p><pre class="command" tabindex="0">${html(step.afterwardsScript)}</pre>` : ''}${screens[step.id] ? `<pre tabindex="0">${html(screens[step.id] ?? '')}</pre>` : ''}
${verdicts.length > 0 ? `<ul>${verdicts.join('')}</ul>` : ''}</section>`;
  });
  const rows = [
    ['Target', run.targetLabel],
    ...(run.machines ?? []).map(({ title, label, facts }) => [title, facts ? `${label}: ${factsText(facts)}` : label]),
    ['Started', run.createdAt],
    ['Ended', run.endedAt ?? 'not yet'],
    ['Outcome', run.says],
    ...run.facts.map((fact) => [fact.title, fact.value]),
  ].map(([name = '', value = '']) => `<tr><th scope="row">${html(name)}</th><td>${html(value)}</td></tr>`);
  const body = `${run.rehearsal ? '<p class="rehearsal">Rehearsal: this ran in the lab; no real machine was touched.</p>' : ''}
<main><h1>${html(run.topicTitle)}</h1><p>Transcript of run ${html(run.runId)}</p><table>${rows.join('')}</table>
${embedded ? `<h2>Replay</h2><div class="replay"><ol class="index">${index.join('')}</ol><div id="player"></div></div>` : notEmbedded(recording.bytes, run.runId)}
<h2>Steps</h2>${steps.join('\n')}
<h2>Record</h2><ul class="record">${entries.map((entry) => `<li><time>${html(entry.at)}</time> ${html(entry.text)}</li>`).join('')}</ul></main>`;
  yield* htmlDocument({ title: `${run.topicTitle}: run ${run.runId}`, body, cast: embedded ? recording.blocks : null });
}

/** Lines that were to be typed elsewhere. */
const cardHtml = ({ title, file, note, lines }: PlannedStep['cards'][number]) =>
  `<h4>${html(title)}${file ? ` <code>${html(file)}</code>` : ''}</h4>${note ? `<p>${html(note)}</p>` : ''}<pre class="card" tabindex="0">${html(lines.join('\n'))}</pre>`;

const notEmbedded = (bytes: number, runId: string) =>
  bytes === 0
    ? '<p>Nothing was recorded in this run.</p>'
    : `<h2>Replay</h2><p>This recording of ${Math.ceil(bytes / 1e6)} MB is too long to be played in a page (${Math.floor(playerLimit / 1e6)} MB at most). Export the run as a recording (.cast) and play it with <code>asciinema play ${html(runId)}.cast</code>, or export it as plain text. Below is what each step showed.</p>`;

/** A line's kind is said by its sign; the colour only helps. */
const diffLines = (diff: string) =>
  diff
    .split('\n')
    .map((line) => (/^(\+(?!\+\+ )|-(?!-- ))/.test(line) ? `<span class="${line.startsWith('+') ? 'added' : 'removed'}">${html(line)}</span>` : html(line)))
    .join('\n');
