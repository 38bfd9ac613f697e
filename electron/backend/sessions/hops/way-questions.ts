/**
 * Which lines are questions of the way to a target. Narrower than "it ends like one": the prompts of device shells and the
 * menus of appliances end so too, and what is typed there is a command.
 */
import { hopPrompts } from './hop-prompts.ts';

const others: readonly RegExp[] = [
  /** ssh puts who is asked, and where, in front of whatever a server wants to know (since OpenSSH 8.5). */
  /^\([^\s()@]+@[^\s()]+\) \s*\S/,
  /** PAM's in other languages. */
  /(?:mot de passe|contraseña|password|passcode)[^:]{0,80}: ?$/i,
  /** polkit, where several people may. */
  /^Choose identity to authenticate as \(1-\d+\): $/,
  /** Notices that are to be read first. */
  /\b(?:press|hit|drücken sie|appuyez sur|pulse)\b.{0,40}\b(?:enter|return|any key|eingabe\w*|entrée|intro)\b[^:]{0,40}$/i,
];

/** `line`: the last one, without escape sequences. */
export const asksOnTheWay = (line: string): boolean => hopPrompts.some(({ pattern }) => pattern.test(line)) || others.some((pattern) => pattern.test(line));
