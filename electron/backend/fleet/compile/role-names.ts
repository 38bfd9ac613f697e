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

/** A text as Jinja has it within an expression. */
export const jinjaText = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A text that Ansible does not take for a template: a name, a message. Braces of Jinja's are set apart. */
export const plainWords = (text: string): string =>
  text
    .replace(/\{(?=[{%#])/g, '{ ')
    .replace(/\s+/g, ' ')
    .trim();
