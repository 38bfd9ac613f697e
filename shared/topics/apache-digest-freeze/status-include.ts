/** The include that shows what each child of Apache is doing, to this machine alone. */
import type { Variant } from './parameters.ts';

const mark = '# Added by Wrenchbook (apache-digest-freeze): what each child is doing, for this machine alone.';

/** The whole file is ours; what somebody else wrote there is refused by the caller. */
export const statusInclude = ({ statusModule }: Pick<Variant, 'statusModule'>): string => `${mark}
<IfModule !mod_status.c>
    LoadModule status_module ${statusModule}
</IfModule>
ExtendedStatus On
<Location "/server-status">
    SetHandler server-status
    Require local
</Location>
`;

export function editStatusInclude(old: string, variant: Pick<Variant, 'statusModule' | 'include'>) {
  if (old === '' || old.startsWith(mark)) return statusInclude(variant);
  return {
    rule: 'foreign-include',
    means: `${variant.include} is there already and was not written by this procedure.`,
    next: 'Look what it is, and move it away.',
  };
}
