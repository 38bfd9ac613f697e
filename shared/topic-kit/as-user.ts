/** A command as another user, from root: each word stays a word, and paths stay paths of the target. Data only. */
import { anywhere, type FactValue, type Named, type Script, sh, type TargetFile } from './script.ts';

/** With that user's login environment. For Linux' su, of util-linux and of shadow. */
export const asUser = (user: string, ...words: readonly (string | number | TargetFile | Named | FactValue)[]): Script =>
  sh`su -l -s ${anywhere('/bin/sh')} -c ${'exec "$@"'} -- ${user} sh ${words}`;
