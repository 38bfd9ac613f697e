# Names the time since the machine was started: another one after each start. Empty where it can't be told.
_wb_boot() {
  cat /proc/sys/kernel/random/boot_id 2>/dev/null || sysctl -n kern.bootsessionuuid 2>/dev/null || sysctl -n kern.boottime 2>/dev/null ||
    uptime -s 2>/dev/null
}
