/** What the button says as long as something that it approves has not been in view. Pure. */

/** `changes`: how many files change. */
export function seeText(unseen: readonly string[], changes: number): string {
  if (unseen.some((what) => what === 'change' || what === 'list')) return changes > 1 ? `See all ${changes} changes` : 'See the whole change';
  return unseen.includes('command') ? 'See the whole command' : 'Read the warning';
}
