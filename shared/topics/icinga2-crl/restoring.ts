/** Takes nodes out of the database, and writes the CRL without them. */
import { fact, file, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { judgements, paths, writeCrl } from './ca-programs.ts';
import { nodesOf, type Parameters } from './parameters.ts';

const namesOf = (values: Parameters) =>
  ` ${nodesOf(values)
    .map(({ name }) => `/CN=${name}`)
    .join(' ')} `;
/** Lines of these nodes, in a form that a fact can hold. */
const linesOf = (values: Parameters, title: string) =>
  sh`awk -F '\\t' -v names=${namesOf(values)} -v title=${title} '$1 == "R" && index(names, " " $6 " ") { line = $0; gsub(/\\t/, ";", line); all = all (all == "" ? "" : "|") line } END { print title "=" (all == "" ? "none" : all) }' ${file(paths.index)}`;

export const restoreNodes = (values: Parameters): Step => ({
  kind: 'command',
  id: 'restore',
  title: 'Take them out of the CRL',
  intro: 'Deletes their lines in the CA’s database, and writes the CRL without them.',
  danger: 'changes',
  runsOn: 'the signing master',
  needsRoot: true,
  before: {
    script: linesOf(values, 'lines'),
    saves: [{ id: 'lines-before', title: 'Lines in the database', pattern: /^lines=(.+)$/ }],
    matchers: [
      { kind: 'failure', id: 'not-there', pattern: /^lines=none$/, means: 'None of these nodes is revoked.', next: 'Check the names. Nothing was changed.' },
    ],
  },
  script: sh`awk -F '\\t' -v names=${namesOf(values)} '$1 != "R" || !index(names, " " $6 " ")' ${file(paths.index)} >${file(paths.index)}.new && cat ${file(paths.index)}.new >${file(paths.index)}
rm -f ${file(paths.index)}.new
${writeCrl}`,
  matchers: [
    {
      kind: 'failure',
      id: 'not-written',
      pattern: /^crl: not written$/,
      means: 'The CRL was not written. The one before is still in place.',
      next: 'Read what openssl says above.',
    },
  ],
  verify: {
    script: sh`${linesOf(values, 'left')}
${judgements(values)}`,
    matchers: [
      {
        kind: 'expected',
        id: 'none-left',
        pattern: /^left=none$/,
        means: 'The database has none of them.',
        missing: 'The database still has one of them.',
        next: 'Read the lines above.',
      },
      ...nodesOf(values).map(
        ({ name }, index): Matcher => ({
          kind: 'failure',
          id: `refuses-${index + 1}`,
          pattern: new RegExp(`^crl refuses ${name.replaceAll('.', '\\.')}$`),
          means: `The CRL still has the certificate of ${name}.`,
          next: 'Read the lines above.',
        }),
      ),
      {
        kind: 'expected',
        id: 'accepts-own',
        pattern: /^crl accepts this machine$/,
        means: 'The CRL accepts this machine’s own certificate.',
        missing: 'The CRL does not accept this machine’s own certificate.',
        next: 'Undo this step.',
      },
    ],
  },
  undo: sh`{ printf '%s\\n' ${fact('lines-before')} | tr '|;' '\\n\\t'; cat ${file(paths.index)}; } >${file(paths.index)}.new && cat ${file(paths.index)}.new >${file(paths.index)}
rm -f ${file(paths.index)}.new
${writeCrl}`,
  undone: {
    script: linesOf(values, 'lines-now'),
    matchers: [
      {
        kind: 'equal',
        id: 'as-before',
        pattern: /^lines-now=(.+)$/,
        to: { fact: 'lines-before' },
        means: 'The database has their lines again.',
        differs: 'The database does not have their lines as before.',
        next: 'Look at /var/lib/icinga2/ca/crl/index.txt.',
      },
    ],
  },
});
