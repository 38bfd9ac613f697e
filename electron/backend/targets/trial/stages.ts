/** The stages of a trial, in their order: which are through, at which it stands, and at which it failed. */
import type { Stage, StageName, Target, Trouble } from '../../../../shared/api/target.ts';
import { inOrder } from '../../../../shared/topic-kit/index.ts';

/** Those that a target has. */
export function stagesOf({ connection, root }: Pick<Target, 'connection' | 'root'>, { looks = false, asksFacts = true } = {}): Stage[] {
  if (connection.kind === 'console' && connection.dialect !== 'login') return staged(['console', 'prompt']);
  return staged([
    ...(connection.kind === 'console' ? (['console'] as const) : []),
    ...(connection.kind === 'ssh' ? (['network', 'host-key', 'authentication'] as const) : []),
    'shell',
    ...(asksFacts ? (['facts'] as const) : []),
    ...(root === 'none' ? [] : (['root'] as const)),
    ...(looks ? (['probe'] as const) : []),
  ]);
}
const staged = (names: readonly StageName[]): Stage[] => names.map((name, index) => ({ name, status: index === 0 ? 'running' : 'pending', trouble: null }));

/** All before it are through, as it has begun. Never goes back. */
export function reached(stages: readonly Stage[], name: StageName): Stage[] {
  const at = stages.findIndex((stage) => stage.name === name);
  if (at <= stages.findIndex(({ status }) => status === 'running')) return [...stages];
  return stages.map((stage, index) => ({ ...stage, status: index < at ? 'ok' : index === at ? 'running' : stage.status }));
}

export const allThrough = (stages: readonly Stage[]): Stage[] => stages.map((stage) => ({ ...stage, status: 'ok' }));

/** What comes after it was not tried. */
export function failedAt(stages: readonly Stage[], name: StageName, trouble: Trouble): Stage[] {
  const at = stages.findIndex((stage) => stage.name === name);
  return stages.map((stage, index) =>
    index < at ? { ...stage, status: 'ok' } : index === at ? { ...stage, status: 'failed', trouble } : { ...stage, status: 'skipped' },
  );
}

/** What was running and what would have come were not tried to the end. */
export const calledOff = (stages: readonly Stage[]): Stage[] =>
  stages.map((stage) => (stage.status === 'running' || stage.status === 'pending' ? { ...stage, status: 'skipped' } : stage));

const asksForSecret = inOrder(/password|passwort|kennwort|passphrase|passcode|verification code|PIN/i, /: ?$/i);

/** How far ssh has come, by what it shows. */
export function reachedBy(output: string): StageName | null {
  const last = output.slice(output.lastIndexOf('\n') + 1);
  if (asksForSecret.test(last) || /Permission denied, please try again/i.test(output)) return 'authentication';
  if (/Permanently added /.test(output)) return 'authentication';
  if (/authenticity of host|REMOTE HOST IDENTIFICATION HAS CHANGED/.test(output)) return 'host-key';
  return null;
}

/** Somebody is asked something: the last line is open and ends as questions do. */
export const isAsking = (output: string): boolean => /[?:][ \t]*$/.test(output.slice(output.lastIndexOf('\n') + 1));
