/** What an admin pastes from a machine that Wrenchbook does not reach: shown, recorded and judged as if it had been printed here. */

/** What is pasted may come from a terminal's history, with colours and other controls in it. */
export function plainLines(pasted: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const controls = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
  return pasted
    .replace(/\r\n?/g, '\n')
    .replace(controls, '')
    .replace(/(?<!\n)\n+$/, '');
}
