/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'xen xenserver citrix domu hvm xenstore xentools xenutil vkbd dom0 xl | citrix pv pv-drivers windows whql xentools xenutil vkbd vfb xenstore product-string hang* stuck spinning 100 black-screen boot* treiber pilotes controladores migrat* moved hängt tools signed | windows citrix pv whql xentools xenutil vkbd vfb xenstore product-string treiber spinning',
    'xenutil vkbd xenenterprise closefrontend | *',
    'citrix | driver* treiber pilotes hang* boot*',
    'unknown-pv-product pv-driver-build pv-product | *',
  ],
  asked: [
    'windows 2008 domU stuck at black screen with citrix pv drivers on debian xen',
    "moved a VM from xenserver to plain xen, windows won't finish booting",
    'XENUTIL CloseFrontend timed out',
    'vkbd could not be connected hotplug scripts not working',
    'remove device/vfb from xenstore before windows boots',
    'hvm guest spinning at 100% cpu since installing xentools',
    'Windows-Gast unter Xen hängt beim Start',
    'whql pv drivers xen 4.1',
    'windows guest never finishes booting on xen 4, citrix drivers installed',
    'XenEnterprise product string is not present',
    'migrate windows vm from citrix xenserver to debian xen',
    'Device 0 (vkbd) could not be connected',
    'domU windows server 100 percent cpu at boot logo',
    'signed PV drivers on open source xen hang',
    'spinning dots forever in Windows HVM',
    'Windows domU mit Citrix-Treibern startet nicht',
    'citrix xenserver tools windows xen',
    'windows hvm hang PV drivers',
    "Moved a Server 2008 VM from XenServer to Debian's Xen 4.1, it stays at the boot animation until I remove the XenTools",
    'plain xen with xl, guest w/ Citrix paravirtual drivers freezes at start, which keys need I delete with xenstore-rm',
    'is there a hook to run xenstore commands at each domU creation so that the citrix xenvbd driver does not stall',
    'after migrating from Citrix Hypervisor to open source Xen the Windows guest never gets its disk and network',
    'Unknown PV product 2 loaded in guest  PV driver build 1  region type 1 at [c100,c200).',
    'Windows-Gast mit Citrix-Treibern hängt beim Start unter Xen 4.4, xenstore-Einträge löschen',
  ],
  nearMisses: ['xen dom0 memory ballooning', 'Citrix Workspace does not start', 'XenServer pool master changed'],
};
