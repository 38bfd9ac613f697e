/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'ifup ifdown ifupdown if-up.d interfaces 85-ifupdown* post-up pre-up up-line* netzwerkskript* network-script* network-hook* ifstate* | boot* udev already already-configured upgrad* not-run never run-at scripts skript* hooks ignored lock waiting hardy lucid missing executed applied twice early reboot startup start lauf* laufen ausgeführt',
    'udev | ifup interface* ifupdown',
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
  ],
  nearMisses: ['udev rule for a serial adapter', 'interface name changed from eth0 to ens18', 'static route lost after reboot on Windows'],
};
