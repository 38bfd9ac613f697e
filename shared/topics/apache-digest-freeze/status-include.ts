/** The include that shows what each child of Apache is doing, to requests from this machine that no proxy has marked as passed on. */
import type { Variant } from './parameters.ts';

const mark = '# Added by Wrenchbook (apache-digest-freeze): ';

/**
 * To Apache, all that a proxy on the same machine passes on is local: only what the proxy adds tells. The whole
 * file is ours; what somebody else wrote there is refused by the caller.
 */
export const statusInclude = ({
  statusModule,
}: Pick<Variant, 'statusModule'>): string => `${mark}what each child is doing, for requests from this machine that no proxy says it passed on.
<IfModule !mod_status.c>
    LoadModule status_module ${statusModule}
</IfModule>
ExtendedStatus On
<Location "/server-status">
    SetHandler server-status
    <RequireAll>
        Require local
        Require expr "-z %{HTTP:X-Forwarded-For} && -z %{HTTP:Forwarded} && -z %{HTTP:Via}"
    </RequireAll>
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
