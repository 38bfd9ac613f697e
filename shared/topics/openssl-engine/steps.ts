/** Check the tools, write the two files, compile, and see OpenSSL load it. */
import { file, type Matcher, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { type Parameters, pathsOf, titleOf } from './parameters.ts';
import { configEdit, sourceEdit } from './scaffold.ts';

const runsOn = 'the target';
const header = ({ kind }: Parameters) => (kind === 'engine' ? 'openssl/engine.h' : 'openssl/core_dispatch.h');

/** Versions of the program and of the headers: what is built for one does not load in another. */
export const tools = (values: Parameters) => sh`command -v cc >/dev/null && echo compiler=there || echo compiler=missing
openssl version | sed -n 's/^\\([A-Za-z]*\\) \\([0-9]*\\.[0-9]*\\).*/program=\\1 \\2/p'
printf '%s\\n' '#include <openssl/opensslv.h>' 'headers OPENSSL_VERSION_TEXT' | cc -E -P - 2>/dev/null | sed -n 's/^headers "\\([A-Za-z]*\\) \\([0-9]*\\.[0-9]*\\).*/headers=\\1 \\2/p'
if printf '%s\\n' ${`#include <${header(values)}>`} | cc -E - >/dev/null 2>&1; then echo header=there; else echo header=missing; fi
if openssl ${values.kind === 'engine' ? 'engine' : 'list'} ${values.kind === 'engine' ? [] : ['-providers']} >/dev/null 2>&1; then echo loads=yes; else echo loads=no; fi`;

const look = (values: Parameters): Step => ({
  kind: 'command',
  id: values.kind === 'engine' ? 'look' : 'look-for-providers',
  title: 'Check the tools',
  intro: `Shows whether there are a compiler, OpenSSL’s headers, and an OpenSSL that can load ${values.kind === 'engine' ? 'engines' : 'providers'}.`,
  danger: 'reads',
  runsOn,
  script: sh`${tools(values)}
[ "$(openssl version | sed 's/^[A-Za-z]* \\([0-9]*\\).*/\\1/')" = "$(printf '%s\\n' '#include <openssl/opensslv.h>' 'headers OPENSSL_VERSION_TEXT' | cc -E -P - 2>/dev/null | sed -n 's/^headers "[A-Za-z]* \\([0-9]*\\).*/\\1/p')" ] && echo versions=equal || echo versions=differ`,
  matchers: [
    {
      kind: 'expected',
      id: 'compiler',
      pattern: /^compiler=there$/,
      means: 'There is a C compiler.',
      missing: 'There is no C compiler.',
      next: 'Install one (Debian: gcc and libc6-dev).',
      remedies: ['install'],
    },
    {
      kind: 'failure',
      id: 'no-header',
      pattern: /^header=missing$/,
      unless: /^compiler=missing$/,
      means: `<${header(values)}> is missing.`,
      next:
        values.kind === 'engine'
          ? 'Install OpenSSL’s headers (Debian: libssl-dev; Red Hat and Fedora: openssl-devel, newer ones openssl-devel-engine). If there are none, make a provider.'
          : 'Install OpenSSL’s headers (Debian: libssl-dev; Red Hat: openssl-devel). Before 3.0 there are no providers: make an engine.',
      remedies: ['install'],
    },
    {
      kind: 'failure',
      id: 'cannot-load',
      pattern: /^loads=no$/,
      means:
        values.kind === 'engine'
          ? 'This OpenSSL has no engines: it was built without them, or is 4.0.'
          : 'This OpenSSL has no providers: it is older than 3.0.',
      next: values.kind === 'engine' ? 'Start a new run, and make a provider.' : 'Start a new run, and make an engine.',
    },
    {
      kind: 'failure',
      id: 'libre',
      pattern: /^program=LibreSSL/,
      means: 'The program openssl here is LibreSSL.',
      next: 'Put OpenSSL first in PATH. LibreSSL has no providers, and newer ones have no engines.',
    },
    {
      kind: 'warning',
      id: 'other-version',
      pattern: /^versions=differ$/,
      unless: /^(?:compiler|header)=missing$/,
      means: 'The headers are of another OpenSSL than the program.',
      next: 'A library that is built for 1.1 is refused by 3.x, and the other way round. Install the headers of the same version.',
    },
  ],
});

const source = (values: Parameters): Step => ({
  kind: 'edit',
  id: 'source',
  title: 'Write the source',
  intro: `The smallest ${values.kind} that OpenSSL loads. A file that is there with another content is left alone.`,
  danger: 'changes',
  runsOn,
  file: pathsOf(values).source,
  create: { mode: '0644', folder: true },
  edit: (old) => sourceEdit(old, values),
});

const config = (values: Parameters): Step => ({
  kind: 'edit',
  id: 'config',
  title: 'Write a configuration of its own',
  intro:
    'Names the library. Only programs that are started with OPENSSL_CONF read it: the system’s openssl.cnf, which every TLS program reads, stays as it is.',
  danger: 'changes',
  runsOn,
  file: pathsOf(values).config,
  create: { mode: '0644', folder: true },
  edit: (old) => configEdit(old, values),
});

const symbols: Readonly<Record<Parameters['kind'], readonly string[]>> = { engine: ['bind_engine', 'v_check'], provider: ['OSSL_provider_init'] };

const compile = (values: Parameters): Step => {
  const { library, source: from } = pathsOf(values);
  const engine = values.kind === 'engine';
  return {
    kind: 'command',
    id: engine ? 'compile' : 'compile-provider',
    title: 'Compile it',
    intro: engine ? 'OpenSSL 3 marks all functions of engines as deprecated. These warnings are switched off, all others are on.' : 'With all warnings on.',
    danger: 'changes',
    runsOn,
    script: engine
      ? sh`cc -Wall -Wextra -Wno-deprecated-declarations -fPIC -shared -o ${file(library)} ${file(from)} && echo compiled=yes`
      : sh`cc -Wall -Wextra -fPIC -shared -o ${file(library)} ${file(from)} -lcrypto && echo compiled=yes`,
    matchers: [
      {
        kind: 'failure',
        id: 'warned',
        pattern: /: warning: /,
        means: 'The compiler warns of something.',
        next: 'Read its line. The files of this procedure compile without a warning: were they changed?',
      },
      {
        kind: 'failure',
        id: 'no-library',
        pattern: /cannot find -lcrypto/,
        means: 'OpenSSL’s library to link with is missing.',
        next: 'Install libssl-dev or openssl-devel.',
        remedies: ['install'],
      },
      {
        kind: 'failure',
        id: 'not-compiled',
        pattern: /: (?:fatal )?error: /,
        means: 'It does not compile.',
        next: 'Read the lines of the compiler above.',
        remedies: ['install'],
      },
      {
        kind: 'expected',
        id: 'compiled',
        pattern: /^compiled=yes$/,
        means: 'It compiles without a warning.',
        missing: 'It was not compiled.',
        next: 'Read the lines above.',
      },
    ],
    verify: {
      script: sh`nm -D ${file(library)} | sed -n 's/^[0-9a-f]* T /exports /p'`,
      looksOnlyAt: 'whether the library has the functions that OpenSSL looks for',
      matchers: (symbols[values.kind] ?? []).map(
        (name): Matcher => ({
          kind: 'expected',
          id: name,
          pattern: new RegExp(`^exports ${name}$`),
          means: `It exports ${name}.`,
          missing: `It does not export ${name}. OpenSSL would pass it by, in part without a word.`,
          next: 'In an engine the two macros at the end of the source make these functions.',
        }),
      ),
    },
    undo: sh`rm -f ${file(library)}`,
    undone: {
      script: sh`if [ -e ${file(library)} ]; then echo library=there; else echo library=missing; fi`,
      matchers: [
        {
          kind: 'expected',
          id: 'gone',
          pattern: /^library=missing$/,
          means: 'The library is gone.',
          missing: 'The library is still there.',
          next: 'Delete it by hand.',
        },
      ],
    },
  };
};

/** What OpenSSL lists. Where it can't load something it says nothing and ends with 0, so only the list counts. */
export const listed = (values: Parameters) => {
  const { config: own, library } = pathsOf(values);
  return values.kind === 'engine'
    ? sh`OPENSSL_CONF=${file(own)} openssl engine -t -c 2>&1
echo '-- by its path, without a configuration'
openssl engine -t ${file(library)} 2>&1`
    : sh`OPENSSL_CONF=${file(own)} openssl list -providers 2>&1
printf x | OPENSSL_CONF=${file(own)} openssl dgst -sha256 2>&1`;
};

const load = (values: Parameters): Step => {
  const { name, kind } = values;
  const why: Matcher[] = [
    {
      kind: 'failure',
      id: 'not-found',
      pattern: /could not load the shared library|cannot open shared object file/,
      means: 'OpenSSL does not find or cannot open the library.',
      next: 'Check the path in the configuration. A volume mounted with noexec, SELinux or AppArmor can forbid it too.',
      remedies: ['allow'],
    },
    {
      kind: 'failure',
      id: 'no-symbol',
      pattern: /undefined symbol: bind_engine|version incompatibility/,
      means: 'OpenSSL refuses the library: the macros are missing, or it was built for another version.',
      next: 'Compile it again with the headers of this version.',
    },
  ];
  if (kind === 'provider')
    return {
      kind: 'command',
      id: 'load-provider',
      title: 'Let OpenSSL load it',
      intro: 'Lists the providers with the new configuration, and computes a digest: without the default provider that would fail.',
      danger: 'reads',
      runsOn,
      script: listed(values),
      matchers: [
        ...why,
        {
          kind: 'expected',
          id: 'named',
          pattern: new RegExp(`^name: ${titleOf(values)}$`),
          means: 'OpenSSL has loaded it and asked it for its name.',
          missing: 'OpenSSL does not list it. It says nothing about why.',
          next: 'Check the path in the configuration.',
          remedies: ['allow'],
        },
        {
          kind: 'expected',
          id: 'default-too',
          pattern: /^SHA2?-?256\(stdin\)= 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881$/,
          means: 'The default provider works beside it.',
          missing: 'No digest was computed: the default provider is not active.',
          next: 'The configuration has to activate "default" too.',
        },
      ],
    };
  return {
    kind: 'command',
    id: 'load',
    title: 'Let OpenSSL load it',
    intro: 'Lists the engines with the new configuration, then loads it by its path without one.',
    danger: 'reads',
    runsOn,
    script: listed(values),
    matchers: [
      ...why,
      {
        kind: 'expected',
        id: 'listed',
        pattern: new RegExp(`^\\(${name}\\) ${titleOf(values)}$`),
        means: 'OpenSSL lists it.',
        missing: 'OpenSSL does not list it. With a wrong path it says nothing, and ends with status 0.',
        next: 'Check the path in the configuration, and that the library is there.',
        remedies: ['allow'],
      },
      {
        kind: 'expected',
        id: 'available',
        pattern: /^\[ available \]$/,
        means: 'It is available.',
        missing: 'It is listed, but not available.',
        next: 'Its init function failed. The one of this procedure has none.',
      },
      {
        kind: 'expected',
        id: 'by-path',
        pattern: new RegExp(`^Loaded: \\(${name}\\) ${titleOf(values)}$`),
        means: 'It also loads by its path.',
        missing: 'It does not load by its path.',
        next: 'Read the lines above.',
      },
    ],
  };
};

export const steps = (values: Parameters): Step[] => [look(values), source(values), config(values), compile(values), load(values)];

export const remedies: readonly Remedy[] = [
  {
    id: 'install',
    title: 'Install what is missing',
    explanation:
      'On Debian: "apt-get install gcc libc6-dev libssl-dev". On Red Hat and Fedora: "dnf install gcc openssl-devel openssl-devel-engine". Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-engine-hand install`,
    afterwards: 'retry',
  },
  {
    id: 'allow',
    title: 'Let the library be loaded',
    explanation: 'Mount the volume without noexec, or label the file for SELinux ("restorecon"). Then OpenSSL tries again.',
    danger: 'changes',
    lab: sh`lab-engine-hand allow`,
    afterwards: 'retry',
  },
];
