/** A transcript as one HTML file that opens anywhere, without network: player, step index, verdicts, record. */
import playerStyle from 'asciinema-player/dist/bundle/asciinema-player.css?raw';
import playerScript from 'asciinema-player/dist/bundle/asciinema-player.min.js?raw';
import type { Transcript } from '../../../shared/api/transcript.ts';
import pageStyle from './html-page.css?raw';
import pageScript from './html-page.js?raw';

/** Nothing may be fetched; the player compiles its inlined terminal emulator. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data:; font-src data:; connect-src data: blob:";

/** `cast` is the recording as asciicast v3, or empty where there is none or it is too long to embed. */
export function toHtml({ run, entries, screens }: Transcript, cast: string): string {
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
    return `<section><h3>${step.number}. ${html(step.title)} <small>${html(state?.status ?? 'pending')}</small></h3><p>${html(step.intro)}</p>
${state?.skipReason ? `<p>Skipped because: ${html(state.skipReason)}</p>` : ''}${step.irreversible ? `<p><b>No way back:</b> ${html(step.irreversible)}</p>` : ''}
${step.script ? `<pre class="command" tabindex="0">${html(step.script)}</pre>` : ''}${screens[step.id] ? `<pre tabindex="0">${html(screens[step.id] ?? '')}</pre>` : ''}
${verdicts.length > 0 ? `<ul>${verdicts.join('')}</ul>` : ''}</section>`;
  });
  const rows = [
    ['Target', run.targetLabel],
    ['Started', run.createdAt],
    ['Ended', run.endedAt ?? 'not yet'],
    ['Outcome', run.says],
    ...run.facts.map((fact) => [fact.title, fact.value]),
  ].map(([name = '', value = '']) => `<tr><th scope="row">${html(name)}</th><td>${html(value)}</td></tr>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width"><title>${html(run.topicTitle)}: run ${html(run.runId)}</title>
<style>${playerStyle}\n${pageStyle}</style></head><body>
${run.rehearsal ? '<p class="rehearsal">Rehearsal: this ran in the lab; no real machine was touched.</p>' : ''}
<main><h1>${html(run.topicTitle)}</h1><p>Transcript of run ${html(run.runId)}</p><table>${rows.join('')}</table>
${cast ? `<h2>Replay</h2><div class="replay"><ol class="index">${index.join('')}</ol><div id="player"></div></div>` : '<p>The recording is not in this file; export it as .cast.</p>'}
<h2>Steps</h2>${steps.join('\n')}
<h2>Record</h2><ul class="record">${entries.map((entry) => `<li><time>${html(entry.at)}</time> ${html(entry.text)}</li>`).join('')}</ul></main>
${cast ? `<script type="application/json" id="cast">${inScript(JSON.stringify(cast))}</script><script>${inScript(playerScript)}</script><script>${inScript(pageScript)}</script>` : ''}
</body></html>
`;
}

const html = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Text that may stand inside a script element: the end tag and comment opener can't appear in it. */
const inScript = (text: string) => text.replace(/<(?=\/script|!--)/gi, '\\u003c');
