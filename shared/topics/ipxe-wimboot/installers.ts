/** The list of installers: one a line, `name | folder | driver files`. Pure. */

export interface Installer {
  /** As the menu shows it. */
  name: string;
  /** With what was on its disc, below the TFTP root. */
  folder: string;
  /** Files of a network driver, below the TFTP root; its .inf is among them. */
  drivers: readonly string[];
}
export interface InstallerList {
  installers: readonly Installer[];
  /** What is wrong with it, each with its line. */
  problems: readonly string[];
}

const mostInstallers = 30;
/** iPXE's menu shows ASCII, and acts on `$`, quotes, `#`, `|`, `&` and a backslash. */
const menuText = /^[A-Za-z0-9][A-Za-z0-9 .,:()+_/-]{0,59}$/;

/** Why it can't be a path below the TFTP root, for TFTP, iPXE, Samba and Windows alike; null where it can. */
export function whyNoRelativePath(path: string): string | null {
  if (path.startsWith('/')) return `"${path}" begins with "/". Give it relative to the TFTP root.`;
  if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) return `"${path}" has an empty part, "." or "..".`;
  return /^[A-Za-z0-9_][A-Za-z0-9_.+/-]{0,119}$/.test(path)
    ? null
    : `"${path}" has a character that is not safe in every program that reads it. Use letters, digits, "_", "-", "+" and ".".`;
}

export function parseInstallers(text: string): InstallerList {
  const problems: string[] = [];
  const installers = text.split(/\r?\n/).flatMap((line, index): Installer[] => {
    if (line.trim() === '') return [];
    const [name = '', folder = '', drivers = '', ...more] = line.split('|').map((part) => part.trim());
    const installer = { name, folder, drivers: drivers.split(/[\s,]+/).filter(Boolean) };
    const wrong = more.length > 0 ? 'It has more than three parts.' : whatIsWrong(installer);
    if (wrong !== null) problems.push(`Line ${index + 1}: ${wrong}`);
    return [installer];
  });
  const twice = installers.find(({ folder }, index) => installers.findIndex((other) => other.folder === folder) !== index);
  if (twice) problems.push(`The folder ${twice.folder} is named twice.`);
  if (installers.length === 0) problems.push('Name at least one installer.');
  if (installers.length > mostInstallers) problems.push(`There are ${installers.length}, and the menu has room for ${mostInstallers}.`);
  return { installers, problems };
}

function whatIsWrong({ name, folder, drivers }: Installer): string | null {
  if (folder === '') return 'Write "name | folder".';
  if (!menuText.test(name)) return `The name "${name}" can't be used in the menu. Use up to 60 letters, digits, blanks and . , : ( ) + _ / -`;
  const path = [folder, ...drivers].map(whyNoRelativePath).find((why) => why !== null);
  if (path !== undefined) return path;
  if (drivers.length > 0 && !drivers.some((file) => /\.inf$/i.test(file))) return 'A network driver has an .inf file. Name it among the files.';
  const names = drivers.map((file) => baseName(file).toLowerCase());
  return new Set(names).size < names.length ? 'Two driver files have the same name.' : null;
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
