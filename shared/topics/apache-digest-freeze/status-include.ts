/** The include that shows what each child of Apache is doing, to requests from this machine that no proxy has marked as passed on. */
import { file, type Script, sh } from '../../topic-kit/index.ts';
import type { Variant } from './parameters.ts';

const mark = '# Added by Wrenchbook (apache-digest-freeze): ';

const keyHeader = 'X-Wrenchbook-Key';
const keyOf = (text: string) => /X-Wrenchbook-Key\} == '([0-9a-f]{32})'/.exec(text)?.[1] ?? '';

/** For curl: the key that the include wants, which a proxy that adds nothing can't know. Read from the file, with root's rights. */
export const keyArgument = ({ include }: Pick<Variant, 'include'>): Script =>
  sh`-H "${sh`X-Wrenchbook-Key`}: $(sed -n ${`s/.*X-Wrenchbook-Key} == '\\([0-9a-f]*\\)'.*/\\1/p`} ${file(include)} 2> /dev/null)"`;

/**
 * To Apache, all that a proxy on the same machine passes on is local: only what the proxy adds tells, and one that adds nothing does not
 * know the key. The whole
 * file is ours; what somebody else wrote there is refused by the caller.
 */
export const statusInclude = (
  { statusModule }: Pick<Variant, 'statusModule'>,
  key: string,
): string => `${mark}what each child is doing, for requests from this machine that no proxy says it passed on.
<IfModule !mod_status.c>
    LoadModule status_module ${statusModule}
</IfModule>
ExtendedStatus On
<Location "/server-status">
    SetHandler server-status
    <RequireAll>
        Require local
        Require expr "-z %{HTTP:X-Forwarded-For} && -z %{HTTP:Forwarded} && -z %{HTTP:Via}"
${key === '' ? '' : `        Require expr "%{HTTP:${keyHeader}} == '${key}'"\n`}    </RequireAll>
</Location>
`;

/** `key`: 32 hexadecimal digits, by chance; one that is there already stays. Empty: there is none. */
export function editStatusInclude(old: string, variant: Pick<Variant, 'statusModule' | 'include'>, key = '') {
  if (old === '' || old.startsWith(mark)) return statusInclude(variant, keyOf(old) || key);
  return {
    rule: 'foreign-include',
    means: `${variant.include} already exists and was not written by this procedure.`,
    next: 'Find out what it is, and move it away.',
  };
}
