/** Whether this system can build and load it, and whether it does already. */
import { file, type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import { type Parameters, pathsOf, titleOf } from './parameters.ts';
import { listed, tools } from './steps.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['the compiler and OpenSSL’s headers', 'OpenSSL’s version and what it can load', 'the folder'],
  uses: ['kind', 'name', 'folder'],
  script: (values) => sh`${tools(values)}
if [ -e ${file(pathsOf(values).library)} ]; then
  echo library=there
  { ${listed(values)}
  } | grep -c -F ${titleOf(values)} | sed 's/^/lines=/'
else echo library=missing; fi`,
  judge: ({ output }, values) => {
    const { kind } = values;
    const found = readings(output);
    const [compiler, header, loads, library] = [found.get('compiler'), found.get('header'), found.get('loads'), found.get('library')];
    const lines = Number(found.get('lines') || Number.NaN);
    const findings: ProbeFinding[] = [
      { label: 'OpenSSL', value: found.get('program') ?? 'not found', means: 'the program in PATH.', speaks: 'neither' },
      { label: 'Headers', value: found.get('headers') ?? 'not found', means: 'what would be compiled with.', speaks: header === 'there' ? 'for' : 'against' },
      {
        label: kind === 'engine' ? 'Engines' : 'Providers',
        value: loads === 'yes' ? 'can be loaded' : 'cannot be loaded',
        means: 'by this OpenSSL.',
        speaks: loads === 'yes' ? 'for' : 'against',
      },
    ];
    const says = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string, other?: Parameters['kind']) => ({
      verdict,
      because,
      next,
      findings,
      ...(other && { proposes: [{ field: 'kind', value: other, because }] }),
    });
    if (compiler === undefined || library === undefined) return says('unknown', 'The target could not be looked at.', 'Check again.');
    if (!found.get('program')) return says('not-affected', 'There is no openssl in PATH.', 'Install it first.');
    if (loads !== 'yes')
      return kind === 'engine'
        ? says('not-affected', 'This OpenSSL has no engines.', 'Make a provider instead.', 'provider')
        : says('not-affected', 'This OpenSSL has no providers.', 'Make an engine instead.', 'engine');
    if (library === 'there' && Number.isNaN(lines)) return says('unknown', 'Whether it is loaded could not be read.', 'Check again.');
    if (library === 'there' && lines > 0) return says('already-fixed', 'It is there, and OpenSSL loads it.', 'Nothing needs to be done.');
    if (library === 'there') return says('affected', 'The library is there, and OpenSSL does not load it.', 'Start the run: it compiles it again.');
    if (compiler !== 'there' || header !== 'there')
      return says('unknown', 'The compiler or OpenSSL’s headers are missing.', 'Install them. The first step of a run says which.');
    return says('affected', 'It is not there yet, and this system can build it.', 'Start the run.');
  },
};
