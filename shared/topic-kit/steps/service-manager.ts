/** How services are looked at and steered, with systemd, with SysV init scripts and with launchd. Data only. */
import { file, type Script, sh } from '../script.ts';

/** One of the three. A launchd job is named by its label and its property list. */
export type Service = { systemd: string } | { sysv: string; pidFile?: string } | { launchd: string; plist: string };

/** Shell text for one service. */
export interface ServiceCommands {
  name: string;
  /**
   * Prints `runs=yes` or `runs=no`, `since=TOKEN` that is another after each start or `unknown`, and `atboot=enabled`, `disabled`, or the manager's word for
   * neither. Prints `service=missing` alone where there is none, and no `runs=` where that can't be told.
   */
  look: Script;
  start: Script;
  stop: Script;
  restart: Script;
  reload: Script;
  enable: Script | null;
  disable: Script | null;
}

export function serviceCommands(service: Service): ServiceCommands {
  if ('systemd' in service) return systemd(service.systemd);
  return 'sysv' in service ? sysv(service.sysv, service.pidFile) : launchd(service.launchd, service.plist);
}

/** `is-active` says the same of a unit that does not run and of a systemd that does not answer, so its properties are read. */
const systemd = (unit: string): ServiceCommands => ({
  name: unit,
  look: sh`systemctl show -p LoadState,ActiveState,ActiveEnterTimestampMonotonic ${unit} | sed -n 's/^LoadState=not-found$/service=missing/p; s/^ActiveState=active$/runs=yes/p; s/^ActiveState=reloading$/runs=yes/p; s/^ActiveState=inactive$/runs=no/p; s/^ActiveState=failed$/runs=no/p; s/^ActiveEnterTimestampMonotonic=/since=/p'
printf 'atboot=%s\\n' "$(systemctl is-enabled ${unit} 2>/dev/null | tail -n 1)"`,
  start: sh`systemctl start ${unit}`,
  stop: sh`systemctl stop ${unit}`,
  restart: sh`systemctl restart ${unit}`,
  reload: sh`systemctl reload ${unit}`,
  enable: sh`systemctl enable ${unit}`,
  disable: sh`systemctl disable ${unit}`,
});

/** Status 3 is "not running" and 1 and 2 "dead" by the LSB; of other statuses nothing is known. Debian has update-rc.d, Red Hat chkconfig. */
const sysv = (name: string, pidFile?: string): ServiceCommands => {
  const since = pidFile === undefined ? sh`echo since=unknown` : sh`printf 'since=%s\\n' "$(cat ${file(pidFile)} 2>/dev/null || echo unknown)"`;
  return {
    name,
    look: sh`if [ -e ${file(`/etc/init.d/${name}`)} ]; then
  service ${name} status >/dev/null 2>&1
  case $? in 0) echo runs=yes ;; 1 | 2 | 3) echo runs=no ;; esac
  ${since}
  atboot=disabled
  for folder in ${['/etc/rc2.d', '/etc/rc3.d', '/etc/rc5.d'].map((folder) => file(folder))}; do
    for link in "$folder"/S[0-9][0-9]${name}; do [ ! -e "$link" ] && [ ! -L "$link" ] || atboot=enabled; done
  done
  echo "atboot=$atboot"
else echo service=missing
fi`,
    start: sh`service ${name} start`,
    stop: sh`service ${name} stop`,
    restart: sh`service ${name} restart`,
    reload: sh`service ${name} reload`,
    enable: sh`if command -v chkconfig >/dev/null 2>&1; then chkconfig ${name} on; else update-rc.d ${name} enable; fi`,
    disable: sh`if command -v chkconfig >/dev/null 2>&1; then chkconfig ${name} off; else update-rc.d ${name} disable; fi`,
  };
};

/** With `load` and `unload`, which every launchd from 10.4 on has. A job that is loaded is taken as one that runs: it may be started on demand. */
const launchd = (label: string, plist: string): ServiceCommands => ({
  name: label,
  look: sh`if [ ! -r ${file(plist)} ]; then echo service=missing
elif job=$(launchctl list ${label} 2>/dev/null); then
  echo runs=yes
  pid=$(printf '%s\\n' "$job" | sed -n 's/^[[:space:]]*"PID" = \\([0-9]*\\);$/\\1/p')
  printf 'since=%s\\n' "\${pid:-unknown}"
else
  # Without an answer of launchd at all, nothing is known.
  launchctl list >/dev/null && printf '%s\\n' runs=no since=unknown
fi`,
  start: sh`launchctl load ${file(plist)}`,
  stop: sh`launchctl unload ${file(plist)}`,
  restart: sh`! launchctl list ${label} >/dev/null 2>&1 || launchctl unload ${file(plist)}; launchctl load ${file(plist)}`,
  reload: sh`! launchctl list ${label} >/dev/null 2>&1 || launchctl unload ${file(plist)}; launchctl load ${file(plist)}`,
  enable: null,
  disable: null,
});
