/** The program that is started in the device model's place. */
import { quote } from '../../topic-kit/index.ts';
import type { Domain } from './domains.ts';

/** First lines of every wrapper of ours: what is theirs may be written anew. */
const mark = '# Wrenchbook: xen-citrix-pv';

/** One line for each domain that is started with it. */
const userMark = '# for ';
const usersOf = (text: string): string[] => [...text.matchAll(/^# for (\S+ \/\S+)$/gm)].flatMap(([, user]) => user ?? []);

/** POSIX sh. Only the domain's id is read out of the arguments: after -d, or after -xen-domid with newer device models. */
export const wrapperText = (deviceModel: string, delay: number, users: readonly string[] = []): string => `#!/bin/sh
${mark}
${users.map((user) => `${userMark}${user}\n`).join('')}# Citrix's drivers for Windows wait for ever for a console and a framebuffer of their domain. Both are taken out of xenstore here,
# at once and again later, as the toolstack may make them after this has begun. Then this becomes the device model itself, with
# every argument as it came.
id=
before=
for word in "$@"; do
  case $before in
  -d | -xen-domid) id=$word && break ;;
  esac
  before=$word
done
take_out() {
  xenstore-rm "/local/domain/0/backend/console/$id"
  xenstore-rm "/local/domain/0/backend/vfb/$id"
}
case $id in
'' | *[!0-9]*) echo "$0: no domain id among the arguments, nothing was taken out" >&2 ;;
*)
  take_out >/dev/null 2>&1
  (trap '' HUP; sleep ${delay} && take_out) </dev/null >/dev/null 2>&1 &
  ;;
esac
exec ${quote(deviceModel)} "$@"
`;

/**
 * The wrapper in the place of what is there, or why that is left alone. Domains of other runs stay named in it: so a run that is taken
 * back while another one's domain needs the wrapper finds it changed, and leaves it.
 */
export function putWrapper(old: string, deviceModel: string, delay: number, domains: readonly Domain[]) {
  if (old !== '' && !old.startsWith(`#!/bin/sh\n${mark}\n`))
    return {
      rule: 'other-program',
      means: 'Another program of this name already exists.',
      next: 'Find out what it does. If it is a wrapper from the same notes, rename it and start a new run; the domains’ configurations are changed afterwards.',
    };
  const users = new Set([...usersOf(old), ...domains.map(({ name, config }) => `${name} ${config}`)]);
  return wrapperText(deviceModel, delay, [...users]);
}
