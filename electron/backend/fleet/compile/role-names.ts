/** Names in a compiled role: Ansible's are letters, digits and underscores, and a role's variables begin with its name. Pure. */

/** `openmpi-infiniband` → `openmpi_infiniband`: the role, its filters, and what its variables begin with. */
export const roleName = (topicId: string): string => topicId.replaceAll('-', '_');

export interface RoleNames {
  role: string;
  /** A variable of the role. */
  variable(...parts: readonly string[]): string;
}

export const roleNames = (topicId: string): RoleNames => {
  const role = roleName(topicId);
  return { role, variable: (...parts) => [role, ...parts].join('_').replace(/[^a-z0-9]+/g, '_') };
};

/** A text within an expression of a playbook. Ansible takes backslashes there as they are, so a quote can't be escaped with one. */
export function jinjaText(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  if (!text.includes('"')) return `"${text}"`;
  return `(${text
    .split("'")
    .map((part) => `'${part}'`)
    .join(` ~ "'" ~ `)})`;
}

/** The same within a file of templates/, where Jinja itself reads it. */
export const templateText = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A value of a module that Ansible hands over as it is, whatever is in it. */
export const literally = (text: string): string => (/\{[{%#]/.test(text) ? `{{ ${jinjaText(text)} }}` : text);

/** A text that Ansible does not take for a template: a name, a message. Braces of Jinja's are set apart. */
export const plainWords = (text: string): string =>
  text
    .replace(/\{(?=[{%#])/g, '{ ')
    .replace(/\s+/g, ' ')
    .trim();
