/** Lion Server on a machine that runs Snow Leopard client: over a second volume, with what is where after every step. */
import { defineTopic, inOrder, oneOf } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { remedies } from './remedies.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'lion-server-install',
  version: 1,
  title: 'Lion Server on a Mac with Snow Leopard client',
  summary: 'Brings Lion Server onto a Mac that runs the Snow Leopard client, over a second volume, and moves an old server’s users and data there.',
  category: 'macOS & OS X Server',
  platforms: ['Mac OS X 10.6', 'OS X 10.7'],
  risk: { level: 'destructive', text: 'Both volumes of the Mac are erased, one after the other. The old server’s volume is read only.' },
  minutes: 267,
  fixes: [
    'Lion’s installer whose button Customize stays grey.',
    'A Server app that the installer does not notice.',
    'A migration that is offered for clients only.',
  ],
  needs: [
    'A Mac that may run Lion, with Snow Leopard client 10.6.6 or newer.',
    'A second volume of 20 GB or more, internal or external, that may be erased.',
    'The apps "Install Mac OS X Lion" and "Server" (10.7), from the purchases of an Apple ID or from another Mac.',
    'A FireWire or Thunderbolt cable for the old server in target disk mode.',
    'A copy of everything that has to stay.',
  ],
  cannotUndo: ['Erasing the two volumes.', 'Installing the systems: Snow Leopard is gone from this Mac once volume A was erased.'],
  corrections: [
    'Apple’s article (steps 2 to 7) says that Customize offers the server when the Server app lies beside the installer. That is so only where Lion Server already runs.',
    'The App Store does not sell Lion any more. Apple has offered the installer as a download; the Server app for 10.7 is available from an earlier purchase only.',
    'The apps are fetched before anything is erased; the source erases volume B first.',
    'Added to the source: a check before volume A is erased, because the apps on it may be the only copies.',
    'That a server is recognised by ServerVersion.plist in CoreServices is from knowledge of 10.6 and 10.7, and was not seen on a Mac.',
    'An installer that was downloaded before October 2019 may report itself as damaged: its certificate has expired. Setting the clock to 2015 while it runs helps.',
  ],
  sources: ['Notes on the move from Snow Leopard Server to Lion Server, 2011', 'Apple: Lion Server, upgrading and migrating, chapter 3'],
  search,
  symptoms: [
    {
      pattern: oneOf(inOrder(/customi[sz]e/i, /gr[ae]y|dimmed|disabled/i), inOrder(/gr[ae]y|dimmed|disabled/i, /customi[sz]e/i)),
      text: 'the Customize button is greyed out',
    },
    { pattern: oneOf(inOrder(/install/i, /ignor/i, /server app/i), inOrder(/server app/i, /ignor/i)), text: 'the installer ignores the Server app' },
    { pattern: oneOf(inOrder(/lion server/i, /snow leopard/i), inOrder(/snow leopard/i, /lion server/i)), text: 'from Snow Leopard to Lion Server' },
    {
      pattern: oneOf(inOrder(/migrat\w/i, /client only/i), inOrder(/migrat\w/i, /client/i, /only/i), inOrder(/migrat\w/i, /only/i, /client/i)),
      text: 'migration is offered for clients only',
    },
  ],
  alsoCalled: [
    'upgrade Mac from 10.6 to 10.7 Server, migrate users and data, migration assistant',
    'Mac OS X Server 10.7, Server.app, clean install on a second volume',
    'Umstieg von Schnee-Leopard auf Lion Server, Migration, Knopf Anpassen ist grau',
    'passer de Snow Leopard à Lion Server, migration, bouton Personnaliser grisé',
    'pasar de Snow Leopard a Lion Server, migración, botón Personalizar',
  ],
  parameters,
  labDefaults: {},
  steps: (values) => steps(values),
  remedies,
  pictures,
  targets: ['hand'],
  lab,
});
