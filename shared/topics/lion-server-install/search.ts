/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'lion 10.7 os-x-server os-x-lion | install* installer customize option* upgrade* app-store essential* package server-app reinstall* clean aufspiel* installier* anpassen grau grey gray client instalar* | server customize customise essential* anpassen',
    'lion 10.7 | option options choose client mini | installer server',
    'lion 10.7 | server | snow-leopard 10.6.8 upgraded mac-pro transfer setup-assistant keep volume osinstaller',
  ],
  asked: [
    'installing 10.7 server on a mac mini, customize not available',
    'Lion Server app missing from install after upgrade',
    'how to install OS X Lion Server without the App Store',
    'server essentials package lion',
    'lion installer says the mac cannot be used for server',
    'mac mini server 2011 reinstall 10.7 with raid mirror',
    'Lion Server auf Mac mini neu aufspielen',
    'cannot choose options in the Lion installer',
    'Lion Server without a recovery partition or app store account',
    'the customize button is grey in the 10.7 installer',
    'put 10.7 Server on a Mac mini that came with Snow Leopard',
    'adding Server components during Lion install',
    'upgrade to lion made my server a client',
    'Install OS X Lion, server option not offered',
    'clean install Mac OS X Server 10.7',
    'Lion-Server: Anpassen ist ausgegraut',
    '10.6 client to Lion Server',
    'migrate snow leopard server lion',
    'My Mac Pro has normal Snow Leopard 10.6.8, not Server, how can I get 10.7 Server on it and keep the old disk',
    'Want to move Open Directory accounts and mailboxes from an XServe with 10.6 Server to a mini with fresh 10.7 Server',
    'Does the Server app from the App Store turn my Lion on a second partition into a server, starting from plain 10.6',
    'Setup Assistant of 10.7 Server offers to transfer from another server volume, what is moved and what is left behind',
    'Oct  2 14:10:22 mini OSInstaller[211]: Mac OS X Lion Server cannot be upgraded on volume "Macintosh HD": system version 10.6.8 is not Mac OS X Server',
    'Lion Server auf einem Mac mit Snow Leopard (Client) über zweite Partition installieren',
  ],
  nearMisses: ['install Debian without a DVD', 'Lion shows a grey screen at login', 'upgrade macOS Ventura to Sonoma'],
};
