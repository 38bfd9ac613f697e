/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'xen xenserver citrix domu hvm xenstore xentools xenutil vkbd dom0 xl | citrix pv pv-drivers windows whql xentools xenutil vkbd vfb xenstore product-string hang* stuck spinning 100 black-screen boot* treiber pilotes controladores migrat* moved hängt tools signed | windows citrix pv whql xentools xenutil vkbd vfb xenstore product-string treiber spinning',
    'xenutil vkbd xenenterprise closefrontend | *',
    'citrix | driver* treiber pilotes hang* boot*',
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
  ],
  nearMisses: ['xen dom0 memory ballooning', 'Citrix Workspace does not start', 'XenServer pool master changed'],
};
