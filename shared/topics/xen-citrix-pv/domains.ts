/** The list of domains, as it is typed: one a line, its name, and its configuration where that is not /etc/xen/NAME.cfg. */

export interface Domain {
  name: string;
  /** Absolute path on the server. */
  config: string;
}

/** A domain's name as part of ids. */
export const stepPart = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** Throws Error that names the line. */
export function parseDomains(text: string): Domain[] {
  const domains = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, name, config] = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,39})(?:\s+(\/[A-Za-z0-9_./@+-]*[A-Za-z0-9_@+-]))?$/.exec(line) ?? [];
      if (name === undefined)
        throw new Error(`"${line}" is not a domain: give its name, and the path of its configuration behind it where that is not /etc/xen/NAME.cfg`);
      return { name, config: config ?? `/etc/xen/${name}.cfg` };
    });
  domains.forEach(({ name }, index) => {
    const same = domains.slice(0, index).find((other) => stepPart(other.name) === stepPart(name));
    if (same?.name === name) throw new Error(`"${name}" is there twice`);
    if (same) throw new Error(`"${same.name}" and "${name}" can't be told apart here, as only letters and digits count: use two runs`);
  });
  return domains;
}
