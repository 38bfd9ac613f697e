/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'ifup ifdown ifupdown if-up.d interfaces 85-ifupdown* post-up pre-up up-line* netzwerkskript* network-script* network-hook* ifstate* | boot* udev already already-configured upgrad* not-run never run-at scripts skript* hooks ignored lock waiting hardy lucid missing executed applied twice early reboot startup start lauf* laufen ausgeführt',
    'udev | ifup interface* ifupdown',
    'eni interfaces etc-network-interfaces bonding vlan | up-commands up up-command post-up | upgrad* happen* boot',
  ],
  asked: [
    'post-up routes missing after reboot since dist-upgrade to ubuntu 10.04',
    "ifup says eth0 already configured during boot and pre-up scripts don't fire",
    'up lines in /etc/network/interfaces ignored',
    'boot hangs: waiting for lock on /run/network/ifstate.eth1',
    'old 85-ifupdown.rules left over from hardy',
    'iptables-restore in pre-up never runs at startup but works by hand with ifdown/ifup',
    'Skripte in if-up.d laufen beim Booten nicht',
    'udev brings interfaces up too early, ifupdown does it again',
    "after upgrade from hardy to lucid network hooks don't run",
    'ifup: interface eth1 already configured',
    'my up route add line in interfaces is not applied on boot',
    'commands in post-up not executed since upgrade',
    'udev rule calls ifup before filesystems are mounted',
    'if-up.d scripts skipped during boot, manual restart of networking fixes it',
    'ifup: waiting for lock on /run/network/ifstate.eth0',
    'Netzwerkskripte werden nach Ubuntu-Upgrade nicht mehr ausgeführt',
    '85-ifupdown.rules post-up not executed',
    '/etc/network/interfaces up ignored',
    'After do-release-upgrade from 14.04 to 16.04 the static routes I add with up ip route add are gone at boot, by hand ifdown ifup works',
    'Why do my post-up iptables lines in interfaces not run anymore, the NIC has its address though',
    'old udev file in /lib/udev/rules.d starts the NIC before networking.service and the scripts in if-up.d do not fire',
    'upgraded ubuntu server, bonding and vlan come up but none of the "up" commands from the eni file did happen',
    'May 02 07:40:12 srv3 ifup[611]: ifup: interface eth0 already configured',
    'nach Ubuntu-Upgrade werden die up-Zeilen in /etc/network/interfaces nicht mehr ausgeführt',
  ],
  nearMisses: ['udev rule for a serial adapter', 'interface name changed from eth0 to ens18', 'static route lost after reboot on Windows'],
};
