/** The program that is started in the device model's place. */
import { quote } from '../../topic-kit/index.ts';

/** First lines of every wrapper of ours: what is theirs may be written anew. */
const mark = '# Wrenchbook: xen-citrix-pv';

/** POSIX sh. Only the domain's id is read out of the arguments: after -d, or after -xen-domid with newer device models. */
export const wrapperText = (deviceModel: string, delay: number): string => `#!/bin/sh
${mark}
# Citrix's drivers for Windows wait for ever for a console and a framebuffer of their domain. Both are taken out of xenstore here,
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

/** The wrapper in the place of what is there, or why that is left alone. */
export function putWrapper(old: string, deviceModel: string, delay: number) {
  if (old === '' || old.startsWith(`#!/bin/sh\n${mark}\n`)) return wrapperText(deviceModel, delay);
  return {
    rule: 'other-program',
    means: 'There is another program of this name already.',
    next: 'Look what it does. If it is a wrapper after the same notes, rename it and begin anew; the domains’ configurations are changed after that.',
  };
}
