/** What the callback plugin (`assets/fleet/callback/wrenchbook_events.py`) writes: one JSON object a line. */
import { z } from 'zod';

const number = z.number();
const said = z.looseObject({
  /** Nothing came back. */
  empty: z.boolean(),
  command: z.string().optional(),
  rc: number.optional(),
  stdout: z.string().optional(),
  stderr: z.string().optional(),
  msg: z.union([z.string(), number]).optional(),
  diff: z.string().optional(),
  skip_reason: z.string().optional(),
  module_stdout: z.string().optional(),
  module_stderr: z.string().optional(),
  items: z
    .array(z.looseObject({ command: z.string().optional(), rc: number.optional(), stdout: z.string().optional(), stderr: z.string().optional() }))
    .optional(),
});

export const ansibleEvent = z.discriminatedUnion('e', [
  z.object({ e: z.literal('start'), at: number, plays: z.array(z.string()) }),
  /** One for each batch of `serial`; `hosts` are those of the batch. */
  z.object({ e: z.literal('play'), at: number, name: z.string(), hosts: z.array(z.string()) }),
  z.object({ e: z.literal('task'), at: number, id: z.string(), name: z.string(), action: z.string(), tags: z.array(z.string()), handler: z.boolean() }),
  z.object({ e: z.literal('host-start'), at: number, host: z.string(), task: z.string() }),
  z.object({
    e: z.literal('result'),
    at: number,
    host: z.string(),
    task: z.string(),
    status: z.enum(['ok', 'failed', 'skipped', 'unreachable']),
    changed: z.boolean(),
    /** It failed, and the playbook goes on (`ignore_errors`). */
    ignored: z.boolean(),
    /** `no_log`: what it said is not told. */
    hidden: z.boolean(),
    said,
  }),
  z.object({ e: z.literal('no-hosts'), at: number }),
  z.object({
    e: z.literal('stats'),
    at: number,
    hosts: z.record(z.string(), z.object({ ok: number, changed: number, failures: number, dark: number, skipped: number, rescued: number, ignored: number })),
  }),
]);
export type AnsibleEvent = z.infer<typeof ansibleEvent>;

/** Null for a line that is none of these: the file is written by a process that may be killed. */
export function parseAnsibleEvent(line: string): AnsibleEvent | null {
  try {
    const parsed = ansibleEvent.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
