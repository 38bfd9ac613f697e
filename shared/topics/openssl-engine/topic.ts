/** A first engine for OpenSSL, or a first provider: source, configuration, compiled, loaded. */
import { defineTopic, inOrder, oneOf } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'openssl-engine',
  version: 1,
  title: 'A first OpenSSL engine or provider',
  summary:
    'Writes and compiles the smallest engine, or today’s provider, and shows that OpenSSL loads it. Engines are deprecated since OpenSSL 3.0: for something new, make a provider.',
  category: 'Services & apps',
  platforms: ['Linux'],
  risk: { level: 'changes', text: 'Writes three files into a folder of yours. The system’s OpenSSL stays as it is.' },
  minutes: 5,
  fixes: ['A start for an engine or provider of your own.', 'An engine that OpenSSL leaves out of its list without a word.'],
  needs: ['A C compiler, OpenSSL’s headers and the program openssl.', 'A folder of yours. Root is not needed.'],
  cannotUndo: [],
  corrections: [
    'The source has lost its braces and the two macros IMPLEMENT_DYNAMIC_BIND_FN and IMPLEMENT_DYNAMIC_CHECK_FN. Without them nothing is loaded.',
    'The source has lost the name of the library behind -o, the end of dynamic_path and the heads of the sections. Its last line, distinguished_name, is only for "openssl req" and is left out.',
    'The source puts it into openssl.cnf. Here it has a file of its own, for OPENSSL_CONF: what is in the system’s file is loaded by every TLS program, as root too.',
    'With a wrong dynamic_path, or without the macros, "openssl engine" leaves the engine out and ends with status 0. So the list is compared, never the status.',
    'A provider that is named in a configuration switches the automatic default provider off. The configuration here activates both.',
    'Uncertain: from which releases on distributions build OpenSSL without engines (Red Hat 10 and Fedora 41 are said to), when OpenSSL 4.0 removes them, and since which version LibreSSL has none. The check looks at what is there.',
  ],
  sources: ['Notes on a first engine for OpenSSL', 'engine(7), provider(7), config(5) and openssl-engine(1) of OpenSSL 3.0'],
  search,
  symptoms: [
    { pattern: /undefined symbol: bind_engine/i, text: 'undefined symbol: bind_engine' },
    {
      pattern: /no such engine(?::\S{0,120}id=(?<name>[a-z][a-z0-9]{1,30})\b)?/i,
      text: 'engine routines:ENGINE_by_id:no such engine:../crypto/engine/eng_list.c:id=simple',
    },
    { pattern: /DSO support routines/i, text: 'DSO support routines:dlfcn_load:could not load the shared library' },
    { pattern: /unable to load provider/i, text: 'list: unable to load provider simple' },
    { pattern: /Invalid command 'engine'/i, text: 'Invalid command \'engine\'; type "help" for a list.' },
    {
      pattern: oneOf(
        inOrder(/openssl/i, /(?:write|develop|first|own) .{0,20}(?:engine|provider)/i),
        inOrder(/(?:write|develop|first|own) .{0,20}(?:engine|provider)/i, /openssl/i),
      ),
      text: 'How to write an engine for OpenSSL',
    },
    { pattern: /openssl\/engine\.h: No such file/i, text: 'fatal error: openssl/engine.h: No such file or directory' },
  ],
  alsoCalled: [
    'OpenSSL engine not listed, dynamic_path, SO_PATH, openssl engine -t',
    'OpenSSL 3 provider example in C, OSSL_provider_init, openssl list -providers',
    'inner_evp_generic_fetch unsupported after a provider was activated',
    'OpenSSL-Engine selbst schreiben, Provider für OpenSSL 3 entwickeln',
    'écrire un moteur ou un fournisseur pour OpenSSL',
    'escribir un motor o un proveedor para OpenSSL',
  ],
  parameters,
  labDefaults: { folder: '/home/you/engine' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'linux' }], tools: [{ name: 'openssl', package: 'openssl' }] },
  lab,
});
