/** What is read of a node, by its steps and by the check: `name=value` lines. */
import { anywhere, file, type Script, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export const optionsPath = '/etc/modprobe.d/mlx4.conf';
const module = '/sys/module/mlx4_core';

/** Memory in MiB, pages in bytes, the driver, what it has loaded with, and whether the one on disk knows the option. */
export const driver = sh`awk '/^MemTotal:/ { print "memory=" int($2 / 1024) }' ${file('/proc/meminfo')}
getconf PAGESIZE | sed 's/^/page=/'
if [ -d ${file(module)} ]; then echo driver=mlx4; elif [ -d ${file('/sys/module/mlx5_core')} ]; then echo driver=mlx5; else echo driver=none; fi
for name in log_num_mtt log_mtts_per_seg; do
  if [ -r ${file(module)}/parameters/$name ]; then sed "s/^/running.$name=/" ${file(module)}/parameters/$name; else echo "running.$name=none"; fi
done
ls ${file('/sys/class/infiniband')} 2> /dev/null | grep -c '^mlx4' | sed 's/^/cards=/'
if listed=$(modinfo -p mlx4_core 2> /dev/null) && [ -n "$listed" ]; then printf '%s\\n' "$listed" | grep -c '^log_num_mtt:' | sed 's/^/knows=/'; else echo knows=unknown; fi`;

/** What modprobe would load it with: the lines of all files joined, the last value counts. */
export const configured = sh`if all=$(modprobe -c 2> /dev/null) && [ -n "$all" ]; then
  printf '%s\\n' "$all" | awk '/^options mlx4[-_]core / { for (i = 3; i <= NF; i++) { split($i, o, "="); v[o[1]] = o[2] } }
    END { for (n = split("log_num_mtt log_mtts_per_seg", names, " "); n > 0; n--) print "configured." names[n] "=" (names[n] in v ? v[names[n]] : "none") }'
else echo configured.log_num_mtt=unknown; fi`;

/** Of the values that are read so: whether twice the memory can be registered. A second way to calculate it, on the node itself. */
export const enough = (which: 'configured' | 'running') => sh`{ ${driver}
${configured}
} | awk -F = -v which=${which} '{ v[$1] = $2 } END {
  log_num = v[which ".log_num_mtt"]; seg = v[which ".log_mtts_per_seg"]
  if (seg !~ /^[0-9]+$/) seg = v["running.log_mtts_per_seg"]
  print which ".log_num_mtt=" log_num; print "cards=" v["cards"]
  if (log_num !~ /^[0-9]+$/ || seg !~ /^[0-9]+$/ || v["page"] + 0 == 0 || v["memory"] + 0 == 0) { print "registerable=unknown"; exit }
  mib = 2 ^ (log_num + seg) * v["page"] / 1048576
  printf "memory=%d registerable=%.0f\\n", v["memory"], mib
  print "twice-the-memory=" (mib >= 2 * v["memory"] ? "yes" : "no")
}'`;

/** The image of the running kernel, as a word of the shell. */
const image = (initramfs: Parameters['initramfs']): Script =>
  initramfs === 'dracut' ? sh`${file('/boot')}/initramfs-"$(uname -r)".img` : sh`${file('/boot')}/initrd.img-"$(uname -r)"`;
export const setImage = (initramfs: Parameters['initramfs']) => sh`image=${image(initramfs)}`;

/** Whether the driver is in the image, and whether its options there are those of the file. */
export const inImage = (initramfs: Parameters['initramfs']): Script => {
  const list = initramfs === 'dracut' ? sh`lsinitrd "$image"` : sh`lsinitramfs "$image"`;
  const show =
    initramfs === 'dracut'
      ? sh`lsinitrd "$image" ${optionsPath.slice(1)} 2> /dev/null`
      : sh`unpacked=$(mktemp -d) && unmkinitramfs "$image" "$unpacked" 2> /dev/null && find "$unpacked" -path ${anywhere(`*${optionsPath}`)} -exec cat {} +; rm -rf "$unpacked"`;
  return sh`${setImage(initramfs)}
if ! listed=$(${list} 2> /dev/null) || [ -z "$listed" ]; then echo image.options=unread
else
  printf '%s\\n' "$listed" | grep -c 'mlx4_core\\.ko' | sed 's/^/image.driver=/'
  kept=$(${show})
  if [ -n "$kept" ] && [ "$kept" = "$(cat ${file(optionsPath)} 2> /dev/null)" ]; then echo image.options=same; printf '%s\\n' "$kept" | grep '^options' | sed 's/^/image: /'
  elif [ -n "$kept" ]; then echo image.options=others
  elif printf '%s\\n' "$listed" | grep -q 'mlx4_core\\.ko'; then echo image.options=none
  else echo image.options=not-needed; fi
fi`;
};

/** What Open MPI says of itself, and makes of its parameters. It is asked once: it loads all its components for that. */
export const openMpi = sh`PATH=$PATH:${file('/opt/openmpi/bin')}:${file('/usr/lib64/openmpi/bin')}
all=$(ompi_info -a --parsable 2>&1)
printf '%s\\n' "$all" | sed -n 's/^ompi:version:full:/openmpi=/p; s/^path:sysconfdir:/sysconfdir=/p'
printf '%s\\n' "$all" | grep 'single negation operator'
if printf '%s\\n' "$all" | grep -q '^mca:btl:base:param:btl:value:'; then
  value=$(printf '%s\\n' "$all" | sed -n 's/^mca:btl:base:param:btl:value://p' | tail -n 1)
  printf 'btl=%s\\n' "$value"
  case ,\${value#^}, in *,udapl,*) listed=yes ;; *) listed=no ;; esac
  case $value in '^'*) [ $listed = yes ] && echo udapl=excluded || echo udapl=used ;; '') echo udapl=used ;; *) [ $listed = yes ] && echo udapl=used || echo udapl=excluded ;; esac
else echo udapl=unknown; fi`;

/** Which of the two modules a login loads. */
export const loaded = sh`shown=$(bash -l -c 'module list' 2>&1 < /dev/null)
printf '%s\\n' "$shown" | grep -i -e 'unable to locate' -e 'not found'
name=$(printf '%s\\n' "$shown" | grep -o 'rocks-openmpi[_[:alnum:]]*' | tail -n 1)
echo "loads=\${name:-none}"`;
