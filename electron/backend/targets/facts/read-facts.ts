/** Asks a target what it is, through a session that leads there. Shown in no terminal. */
import { randomBytes } from 'node:crypto';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { TargetFacts } from '../../../../shared/api/target.ts';
import { quote } from '../../../../shared/topic-kit/index.ts';
import type { Session } from '../../sessions/session.ts';
import factsScript from './facts.sh?raw';
import { parseFacts } from './parse-facts.ts';

/** What every session may need. */
const usualTools = ['sudo', 'doas', 'su', 'pkexec', 'tmux', 'screen', 'systemctl', 'docker', 'podman'];
const toolName = /^[A-Za-z0-9._+-]{1,64}$/;
const mostBytes = 256 * 1024;

/** `tools`: more to look for. Throws WrenchbookError `session`. */
export async function readFacts(session: Session, tools: readonly string[] = []): Promise<TargetFacts> {
  const tag = `wb-${randomBytes(8).toString('hex')}`;
  const wanted = [...new Set([...usualTools, ...tools])].filter((tool) => toolName.test(tool));
  const script = `_wb_tag=${tag}\n_wb_tools=${quote(wanted.join(' '))}\n${factsScript}`;
  let text = '';
  let clockAt = 0;
  const begun = Date.now();
  const status = await session.runQuietly(script, (bytes) => {
    if (text.length < mostBytes) text += bytes.toString('utf8');
    if (clockAt === 0 && text.includes(`${tag} clock=`)) clockAt = Date.now();
  });
  const said = parseFacts(text, tag);
  if (!said)
    throw new WrenchbookError(
      'session',
      `The target did not report its system: the script ended with status ${status}.`,
      'Log in there by hand and see whether sh, uname and id work.',
    );
  const { clock, ...facts } = said;
  return { ...facts, readAt: new Date().toISOString(), clockSkewSeconds: clock === null ? null : clockSkew(clock, begun, clockAt) };
}

/**
 * date(1) tells whole seconds, so on average half a one is missing; the answer was made half-way between question and answer.
 * The zero at the end makes a rounded −0 a 0, as JSON would.
 */
export const clockSkew = (clock: number, askedMs: number, answeredMs: number): number => Math.round(clock + 0.5 - (askedMs + answeredMs) / 2000) + 0;
