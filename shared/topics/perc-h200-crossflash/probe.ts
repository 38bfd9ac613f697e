/** Which card a running server has, which phase its firmware and its driver are of, and whether they quarrel. Linux and FreeBSD. */
import { file, type Probe, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { judgeServer } from './probe-judge.ts';

/**
 * `id=` of the card that is most likely meant (device, then subsystem vendor and device), `cards=` how many LSI ones there are;
 * what the driver says of itself and of the firmware; how often the errors of a mismatch stand in the kernel's messages.
 */
export const probe: Probe<Parameters> = {
  looksAt: ['the PCI ids of LSI’s cards', 'the versions of firmware and driver in the kernel’s messages', 'errors that a mismatch of the two brings'],
  uses: [],
  needsRoot: true,
  script: () => sh`if command -v pciconf > /dev/null; then
  echo tool=pciconf
  ids=$(pciconf -l | sed -n -e 's/.*card=0x\\(....\\)\\(....\\) chip=0x\\(....\\)1000 .*/\\3 \\2:\\1/p' -e 's/.*vendor=0x1000 device=0x\\(....\\) subvendor=0x\\(....\\) subdevice=0x\\(....\\).*/\\1 \\2:\\3/p')
elif command -v lspci > /dev/null; then
  echo tool=lspci
  ids=$(lspci -nmm -d 1000: | awk -F '"' '{ print $6, $8 ":" $10 }')
fi
echo "cards=$(printf '%s' "$ids" | grep -c .)"
echo "id=$(printf '%s\\n' "$ids" | sort | grep -e '^0072 1028' -e '^0072' -e '^0073' | head -n 1)"
log=$(dmesg 2> /dev/null)
case $log in
*mpt[23]sas* | *mps[0-9]:*) ;;
*) log=$(cat ${file('/var/run/dmesg.boot')} 2> /dev/null || journalctl -k -b -q --no-pager 2> /dev/null) ;;
esac
said() { printf '%s\\n' "$log"; }
first() { said | sed -n "$@" | head -n 1; }
echo "firmware=$(first -e 's/.*mps[0-9]*: Firmware: \\([0-9.]*\\),.*/\\1/p' -e 's/.*SAS2008: FWVersion(\\([0-9.]*\\)).*/\\1/p')"
driver=$(first -e 's/.*mps[0-9]*: Firmware: .*Driver: \\([0-9.]*\\).*/\\1/p' -e 's/.*mpt[23]sas version \\([0-9.]*\\).*/\\1/p')
echo "driver=\${driver:-$(cat ${file('/sys/module/mpt3sas/version')} ${file('/sys/module/mpt2sas/version')} 2> /dev/null | head -n 1)}"
echo "raid=$(said | grep -E -c 'mpt[23]sas.*Capabilities=\\(Raid|mps[0-9]+: IOCCapabilities: .*[<,]IR[,>]')"
echo "dead=$(said | grep -E -c '(mpt[23]sas|mps)[^ ]*: .*(non-operational|fault_state|diag reset: FAILED)')"
echo "iucrc=$(said | grep -E -i -c 'iuCRC|asc:47,3')"
echo "aborted=$(said | grep -c 'ioc 804b')"`,
  judge: ({ output }) => judgeServer(readings(output)),
};
