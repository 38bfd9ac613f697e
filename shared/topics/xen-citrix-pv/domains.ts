/** The list of domains, as it is typed: one a line, its name, and its configuration where that is not /etc/xen/NAME.cfg. */

export interface Domain {
  name: string;
  /** Absolute path on the server. */
  config: string;
}

/** Throws Error that names the line. */
export function parseDomains(text: string): Domain[] {
  const domains = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, name, config] = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,39})(?:\s+(\/[A-Za-z0-9_./@+-]*[A-Za-z0-9_@+-]))?$/.exec(line) ?? [];
      if (name === undefined)
        throw new Error(`"${line}" is no domain: give its name, and the path of its configuration behind it where that is not /etc/xen/NAME.cfg`);
      return { name, config: config ?? `/etc/xen/${name}.cfg` };
    });
  const names = domains.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`"${twice}" is there twice`);
  return domains;
}
