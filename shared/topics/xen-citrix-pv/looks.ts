/** What is asked of the server, and how it answers: one line a domain. */
import { escapeRegExp, file, type Matcher, type Script, sh } from '../../topic-kit/index.ts';
import { deviceModelKey } from './config.ts';
import { type Domain, parseDomains, stepPart } from './domains.ts';
import { type Parameters, wrapperOf } from './parameters.ts';

export const domainsOf = ({ domains }: Pick<Parameters, 'domains'>): Domain[] => parseDomains(domains);

/** Backend nodes of the two devices, each below the id of its domain. */
export const backends = ['console', 'vfb'] as const;
const hangs = 'CloseFrontend: timed out in XenbusWaitForBackendStateChange: /local/domain/0/backend/console/';

/** Says `NAME id=7 console=yes vfb=no hangs=2 config=wrapped|plain|missing` of each; id is `none` for a domain that does not run, `unknown` where the toolstack does not tell. */
export function showDomains(values: Parameters, domains: readonly Domain[] = domainsOf(values)): Script {
  const { toolstack } = values;
  const assignment = sh`^${sh`${deviceModelKey(toolstack)}`}[[:space:]]*=[[:space:]]*['\\"]${sh`${wrapperOf(values)}`}['\\"]`;
  return domains.reduce(
    (before, { name, config }) => sh`${before}
look ${name} ${file(config)} ${file(`/var/log/xen/qemu-dm-${name}.log`)}`,
    sh`look() {
  console=no vfb=no config=missing
  id=$(${toolstack} domid "$1" 2>&1) || case $id in *'does not exist'*|*'invalid domain identifier'*) id=none ;; *) id=unknown ;; esac
  case $id in *[!0-9]*) ;; *)
    ! xenstore-exists "/local/domain/0/backend/console/$id" 2>/dev/null || console=yes
    ! xenstore-exists "/local/domain/0/backend/vfb/$id" 2>/dev/null || vfb=yes ;;
  esac
  hangs=$(grep -cF ${hangs}"$id/" "$3" 2>/dev/null) || hangs=0
  [ ! -r "$2" ] || config=plain
  ! grep -q "${assignment}" "$2" 2>/dev/null || config=wrapped
  echo "$1 id=$id console=$console vfb=$vfb hangs=$hangs config=$config"
}`,
  );
}

export const unasked: Matcher = {
  kind: 'failure',
  id: 'unasked',
  pattern: /^\S+ id=unknown /,
  means: 'The toolstack does not say whether the domain runs, so nothing could be checked.',
  next: 'Check whether the toolstack works ("xl list", or with xm "xm list"), then run the step again. With the other toolstack, start a new run.',
};

const answers = ({ name }: Domain, more: string) => new RegExp(`^${escapeRegExp(name)} id=${more}`);

/** The domain is as it has to be, by its line. */
export const expectDomain = (
  domain: Domain,
  id: string,
  more: string,
  means: string,
  missing: string,
  next: string,
  remedies: readonly string[] = [],
): Matcher => ({
  kind: 'expected',
  id: `${id}-${stepPart(domain.name)}`,
  pattern: answers(domain, more),
  means,
  missing,
  next,
  remedies,
});
