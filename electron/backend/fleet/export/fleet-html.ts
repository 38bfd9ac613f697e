/** A fleet run as one HTML file without programs: the matrix, each cell a link to that host's part. Pure. */
import { createHash } from 'node:crypto';
import type { CellTask } from '../../../../shared/api/fleet.ts';
import type { FleetFindings } from '../../../../shared/api/fleet-doctor.ts';
import { shownText } from '../../../../shared/api/shown-text.ts';
import { cellWords, type FleetTranscript, recordSays, verdictWords } from './fleet-transcript.ts';

const style = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}
table{border-collapse:collapse}th,td{border:1px solid #8886;padding:.2rem .5rem;text-align:left;vertical-align:top}.wide{overflow-x:auto}
pre{overflow-x:auto;border:1px solid #8886;padding:.5rem;white-space:pre-wrap;overflow-wrap:anywhere}td.failed,td.unreachable{font-weight:700;outline:2px solid #c33}
td.changed{font-weight:700}td.unknown{font-style:italic;outline:2px dashed #b80}`;
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

export function toFleetHtml({ state, parts, verification, findings }: FleetTranscript): string {
  const rows = [
    ['Procedure', `${state.topicId}, version ${state.version}`],
    ['Hosts', String(state.hosts)],
    ['Outcome', state.says],
    ['Created', state.createdAt],
    ['Ended', state.endedAt ?? 'not yet'],
    ['Record', recordSays(verification)],
  ];
  const attempts = state.attempts.map(
    ({ kind, hosts, startedAt, endedAt, status, command }) =>
      `<li><b>${kind}</b> on ${hosts} hosts, ${startedAt} to ${endedAt ?? 'now'}, exit status ${status ?? 'not seen'}<pre>${html(command)}</pre></li>`,
  );
  const matrix = state.hostRows.map(
    ({ name, status }, host) =>
      `<tr><th scope="row">${html(name)} <small>${status}</small></th>${(state.cells[host] ?? []).map((each, step) => `<td class="${each}"><a href="#c${host}-${step}">${cellWords[each]}</a></td>`).join('')}</tr>`,
  );
  const hosts = parts.map(({ host, aside, steps }, at) => {
    const row = state.hostRows[at];
    const sections = steps.map(
      ({ step, status, tasks }, number) =>
        `<h4 id="c${at}-${number}">${html(step.title)}: ${cellWords[status]}</h4>${tasks.length === 0 ? '<p>Nothing ran.</p>' : tasks.map(taskHtml).join('')}`,
    );
    return `<section><h3>${html(host)}: ${row?.status}</h3><p>${html(row?.says ?? '')}</p>${aside.map(taskHtml).join('')}${sections.join('')}</section>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width">
<title>${html(state.title)}: fleet run ${state.runId}</title><style>${style}</style></head><body><main><h1>${html(state.title)}</h1><p>Fleet run ${state.runId}</p>
<table>${rows.map(([name = '', value = '']) => `<tr><th scope="row">${name}</th><td>${html(value)}</td></tr>`).join('')}</table>
<h2>Attempts</h2><ol>${attempts.join('')}</ol>
${findings ? findingsHtml(findings) : ''}<h2>Hosts and steps</h2><div class="wide"><table><thead><tr><th>Host</th>${state.steps.map(({ title }) => `<th scope="col">${html(title)}</th>`).join('')}</tr></thead><tbody>${matrix.join('\n')}</tbody></table></div>
<h2>Each host</h2>${hosts.join('\n')}</main></body></html>
`;
}

function findingsHtml({ topics, hosts }: FleetFindings): string {
  const rows = hosts.map(
    ({ name, findings }) =>
      `<tr><th scope="row">${html(name)}</th>${findings.map(({ verdict, because }) => `<td class="${verdict === 'affected' ? 'failed' : verdict}">${verdictWords[verdict]}<br><small>${html(because)}</small></td>`).join('')}</tr>`,
  );
  return `<h2>Findings</h2><div class="wide"><table><thead><tr><th>Host</th>${topics.map(({ title }) => `<th scope="col">${html(title)}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>\n`;
}

function taskHtml({ name, status, exit, command, output, error, message, diff, attempt }: CellTask): string {
  const blocks = [command, output, error, diff].flatMap((text) => (text === '' ? [] : [`<pre tabindex="0">${html(text)}</pre>`]));
  return `<p><b>${html(name)}</b>: ${cellWords[status]}${exit === null ? '' : `, exit status ${exit}`} (attempt ${attempt})</p>${blocks.join('')}${message ? `<p>${html(message)}</p>` : ''}`;
}

const html = (text: string) => shownText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
