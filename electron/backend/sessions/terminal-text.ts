/** What a terminal's bytes say, as plain lines: for matchers and prompts. Pure. Pictures of screens are made elsewhere. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal escape sequences are what is taken out
const escapes = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]*[0-~])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls without a glyph
const controls = /[\x00-\x07\x0b\x0c\x0e-\x1f\x7f]/g;

/** Takes escape sequences and controls out, and lets a carriage return overwrite its line as a terminal would. */
export function plainText(raw: string): string {
  return raw.replace(escapes, '').split('\n').map(overwrite).join('\n');
}

function overwrite(line: string): string {
  let shown = '';
  for (const part of line.split('\r')) {
    const text = applyBackspaces(part).replace(controls, '');
    shown = text.length >= shown.length ? text : text + shown.slice(text.length);
  }
  return shown;
}

function applyBackspaces(text: string): string {
  if (!text.includes('\b')) return text;
  const shown: string[] = [];
  for (const character of text) {
    if (character === '\b') shown.pop();
    else shown.push(character);
  }
  return shown.join('');
}
