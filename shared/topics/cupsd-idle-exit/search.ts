/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'cupsd cups printer* print-sharing printing druckerfreigabe drucker* imprimante impresora* | mac macs os-x osx mavericks yosemite el-capitan imac macbook mac-mini 10.9 10.10 10.11 launchd launchctl org.cups* memorystatus* | vanish* disappear* gone stop* stops exits idle die dies lose loses memorystatus* killed kill pressur* enablepressuredexit enabletransactions unreliable shar* freigab* verschwind* partag* compart* keep random* running',
    'memorystatus* idle-exiting enablepressuredexit | *',
    'printer* drucker* imprimante impresora* | mac yosemite mavericks el-capitan | dispar* right-after-reboot only-right-after until-someone',
    'org.cups.cupsd.plist | *',
    'cupsd | socket launchd on-demand themselves',
  ],
  asked: [
    'yosemite mac mini shares a printer, vanishes for windows pcs after a while',
    'shared printer of the mavericks mac is gone until someone opens printer settings',
    'cupsd gets killed by memorystatus',
    'disable EnablePressuredExit for cups',
    'Oct 3 11:02:44 mini kernel[0]: memorystatus_thread: idle exiting pid 512 [cupsd]',
    'El Capitan print sharing unreliable, cupsd not running',
    'cupsd on OS X exits on its own and nobody can print over the network',
    'Druckerfreigabe unter OS X 10.10 verschwindet immer wieder',
    'mac os 10.9 printer sharing dies when idle',
    'idle exiting pid 733 [cupsd]',
    'other computers lose the printer shared by an iMac with El Capitan',
    'cups on the mac stops by itself, launchctl start brings it back',
    'how do I keep cupsd running on mavericks',
    "windows machines see the mac's printer only right after reboot of the mac",
    'org.cups.cupsd.plist EnableTransactions',
    "le partage d'imprimante du Mac sous Yosemite disparaît",
    'mavericks shared printer disappears',
    'yosemite cupsd idle exit sharing',
    'Mac mini with 10.10 shares a USB printer, after some hours nobody can see it until I open the Print pane on the mini',
    'El Capitan print server: port 631 refuses connections from the network when the machine was idle a while, locally printing wakes it',
    'How do I stop launchd from killing the printing daemon org.cups.cupsd when RAM is short, on 10.9 server',
    'can i add a network socket into org.cups.cupsd.plist so Windows PCs start the daemon themselves',
    'Nov 18 15:02:33 mini kernel[0]: memorystatus_thread: idle exiting pid 812 [cupsd]',
    'Druckerfreigabe unter OS X 10.9 verschwindet nach einiger Zeit, cupsd läuft nicht mehr',
  ],
  nearMisses: ['mini cupsd[144]: Started filter pdftops (PID 900)', 'Mac printer driver of the vendor is missing', 'cups on Debian does not start'],
};
