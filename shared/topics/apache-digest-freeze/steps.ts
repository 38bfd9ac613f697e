/** Check, look, measure, change, restart, measure again. */
import { file, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { digestToBasic } from './digest-to-basic.ts';
import { doorAfter, doorBefore, doorsBack } from './doors.ts';
import { linkedElsewhere, linksElsewhere } from './links-elsewhere.ts';
import { backtrace, checkConfig, common, control, digestLine, look, passwords, syntax } from './looking.ts';
import { type Parameters, statusOf, type Variant, variantOf } from './parameters.ts';
import { measureAfter, measureBefore } from './scoreboard.ts';
import { htaccess, htaccessWith, sectionsFunction, severalFiles, severalPasswordFiles } from './served.ts';
import { editStatusInclude, keyArgument } from './status-include.ts';

export function steps(values: Parameters): Step[] {
  const variant = variantOf(values);
  return [
    checkConfig(variant, 'before'),
    look(variant),
    addStatus(variant),
    measureBefore(values),
    ...(values.backtrace === 'yes' ? [backtrace(values, variant)] : []),
    ...(values.userFile === '' ? [] : [passwords(values, variant)]),
    doorBefore(values, variant),
    toBasic(values, variant),
    checkConfig(variant, 'after'),
    {
      ...common,
      kind: 'command',
      id: 'restart',
      title: 'Restart Apache',
      intro: 'Ends every child, including stuck ones, and starts with Basic. Open connections are dropped.',
      danger: 'changes',
      script: sh`${variant.restart} && sleep 3`,
      matchers: control,
      verify: {
        looksOnlyAt: 'whether Apache has just been started',
        script: sh`curl -ksS -f -m 20 ${keyArgument(variant)} ${`${statusOf(values)}?auto`} | grep -E '^(ServerUptimeSeconds|Uptime): '`,
        matchers: [
          {
            kind: 'expected',
            id: 'up',
            pattern: /^(?:ServerUptimeSeconds|Uptime): [0-9]{1,2}$/,
            means: 'It answers, and has just started.',
            missing: 'It does not answer, or was not restarted.',
            next: 'Read its error log.',
          },
        ],
      },
      undo: sh`echo 'Apache reads its files again as soon as they are put back.'`,
    },
    doorAfter(values, variant),
    measureAfter(values),
  ];
}

const leftLine = '^[[:space:]]*(AuthType[[:space:]]+"?Digest|AuthDigest|LoadModule.*digest)';

const syntaxThen = (matchers: readonly Matcher[]): Matcher[] => [...syntax.filter(({ kind }) => kind === 'expected'), ...matchers];

const addStatus = (variant: Variant): Step => ({
  ...common,
  kind: 'edit',
  id: 'status',
  title: 'Add the status page',
  intro:
    'A file of its own that Apache includes, and reads at once. It shows what each child is doing. It answers requests from this machine, and refuses those that a proxy on it says it passed on (X-Forwarded-For, Forwarded, Via). A proxy that does not say so does not know the key that is required as well.',
  danger: 'changes',
  file: variant.include,
  create: { mode: '0600' },
  edit: (old, facts) => editStatusInclude(old, variant, facts['status-key']),
  afterwards: { script: sh`${variant.configTest} && ${variant.graceful} && sleep 2`, matchers: syntaxThen(control) },
});

/** Over everything that Apache reads, whatever the files are called: those that are edited, and those that stop the step. */
const toBasic = (values: Parameters, variant: Variant): Step => {
  const { folder, findsToo, configTest, restart } = variant;
  return {
    ...common,
    kind: 'edit',
    id: 'basic',
    title: 'From Digest to Basic',
    intro:
      'Every AuthType Digest becomes Basic, and lines that load or set Digest’s module are commented out. With Basic, passwords are sent in the clear: serve these sites over TLS only.',
    danger: 'changes',
    files: {
      what: `every file with Digest that Apache reads, and every *.conf below ${folder} that has it`,
      find: sh`${sectionsFunction(variant)}
${severalFiles}
${htaccessWith(digestLine)}
real=$(cd -P ${file(folder)} && pwd -P)
{ read_files | sort -u | tr '\\n' '\\0' | xargs -0 grep -s -l -i -E ${digestLine} | while IFS= read -r each; do
  [ -f "$each" ] || continue
  if [ -L "$each" ]; then
    to=$each
    while [ -L "$to" ]; do
      next=$(readlink "$to")
      case $next in /*) to=$next ;; *) to=\${to%/*}/$next ;; esac
    done
  else to=$each; fi
  at=$(cd -P "\${to%/*}" && pwd -P)/\${to##*/}
  case $at in
  "$real"/*) printf '%s\\n' ${file(folder)}"\${at#"$real"}" ;;
  *) echo "link: $each" ;;
  esac
done
find -H ${file(folder)} -type f -name '*.conf' -exec grep -l -i -E ${digestLine} {} +
${linksElsewhere(folder, digestLine)}
${findsToo}
} | sort -u
[ -d ${file(folder)} ]`,
      matchers: [
        linkedElsewhere,
        severalPasswordFiles,
        htaccess,
        { kind: 'failure', id: 'no-folder', pattern: /No such file/, means: `There is no folder ${folder}.`, next: 'Start a new run with the right one.' },
      ],
    },
    edit: (old) => digestToBasic(old, values.userFile),
    undo: sh`${configTest} && ${restart} && sleep 2`,
    undone: doorsBack(values, variant),
    verify: {
      script: sh`${sectionsFunction(variant)}
${linksElsewhere(folder, leftLine)}
${htaccessWith(leftLine)}
sections | awk -F '\\t' '$1 == "digest" { print "still Digest: " $2 " " $3 }'
find -H ${file(folder)} -type f -name '*.conf' -exec grep -i -E ${leftLine} {} + | grep -c . | sed 's/^/left: /'`,
      matchers: [
        linkedElsewhere,
        htaccess,
        {
          kind: 'failure',
          id: 'still-digest',
          pattern: /^still Digest: /,
          means: 'Apache would still read AuthType Digest for this site, through a macro, a variable or another file.',
          next: 'Undo this step, write that section with AuthType Basic by hand, and run the step again.',
        },
        { kind: 'expected', id: 'none-left', pattern: /^left: 0$/, means: 'Nothing that Apache reads uses Digest any more.', missing: 'Digest is still used.' },
      ],
    },
  };
};
