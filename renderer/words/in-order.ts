/** The order of English titles. A collator knows more languages, and takes longer to be made than the catalogue to be drawn. */
export function inOrder(left: string, right: string): number {
  const [one, other] = [left.toLowerCase(), right.toLowerCase()];
  return one < other ? -1 : one > other ? 1 : 0;
}
