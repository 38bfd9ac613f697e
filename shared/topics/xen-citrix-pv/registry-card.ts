/** What is set in Windows, as a file that its registry editor takes. */

/** Bit 28 of the drivers' flags: "does not look for the product's name", as their published source has it. */
export const registryCard = {
  title: 'citrix-on-xen.reg',
  lines: [
    'Windows Registry Editor Version 5.00',
    '',
    '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\xenevtchn\\Parameters]',
    '"SetFlags"=dword:10000000',
  ],
};
