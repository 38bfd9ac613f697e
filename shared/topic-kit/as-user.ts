/** A command as another user, from root: each word stays a word, and paths stay paths of the target. Data only. */
import { anywhere, type FactValue, type Named, type Script, sh, type TargetFile } from './script.ts';

/** With that user's login environment. For Linux' su, of util-linux and of shadow. */
export const asUser = (user: string, ...words: readonly (string | number | TargetFile | Named | FactValue)[]): Script =>
  sh`su -l -s ${anywhere('/bin/sh')} -c ${'exec "$@"'} -- ${user} sh ${words}`;
/** A command as another user, in a step that runs as root. Data only. */
import { anywhere, type Script, sh } from './script.ts';

/**
 * `su -s /bin/sh USER -c COMMAND`, as util-linux and busybox know it: users of daemons have no shell of their own. Values go by environment
 * variables, which su leaves as they are: `WB_FILE=… su …`; `command` is text of the procedure’s own and holds no value.
 */
export const asUser = (user: string, command: string): Script => sh`su -s ${anywhere('/bin/sh')} ${user} -c ${command}`;
