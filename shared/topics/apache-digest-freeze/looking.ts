/** Steps that only look: the configuration, the processes, a child that hangs, the passwords. */
import { file, inOrder, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { type Parameters, statusOf, type Variant } from './parameters.ts';
import { htaccess, htaccessWith, sectionsFunction } from './served.ts';
import { keyArgument } from './status-include.ts';

export const common = { runsOn: 'web server', needsRoot: true } as const;
/** That Apache does not know its own name. It says so each time it reads its configuration, and goes on. */
export const noName: Matcher = {
  kind: 'harmless',
  id: 'no-name',
  pattern: /AH0055[78]|Could not reliably determine|apr_sockaddr_info_get\(\) failed for/,
  text: 'AH00558: Could not reliably determine the server’s … name',
  means: 'The server’s own name is not set, or has no address. Apache runs without it.',
};
export const syntax: readonly Matcher[] = [
  noName,
  {
    kind: 'failure',
    id: 'syntax',
    pattern: /^(AH\d+: )?Syntax error|AH00526|Invalid command|Cannot load|AH00534/,
    means: 'Apache would not start with this configuration.',
    next: 'Fix the line named above.',
    remedies: ['repair-by-hand'],
  },
  {
    kind: 'expected',
    id: 'syntax-ok',
    pattern: /^Syntax OK$/,
    means: 'The configuration is valid.',
    missing: 'Apache did not confirm that the configuration is valid.',
  },
];
export const control: readonly Matcher[] = [
  ...syntax.slice(0, 2),
  { kind: 'failure', id: 'not-running', pattern: /not running/, means: 'Apache was not running.', next: 'Start it, and find out why it stopped.' },
];

/** For grep -E -i; which lines count is decided by the editor. */
export const typeLine = '^[[:space:]]*AuthType[[:space:]\\\\"]*(.*Digest|$)';
/** Also a type by a variable or a macro's parameter: nobody sees from the line what it is. */
export const digestLine = `${typeLine}|^[[:space:]]*AuthType[[:space:]]+[^#]*[$@%]|^[[:space:]]*AuthDigest|^[[:space:]]*LoadModule.*digest|^[[:space:]]*<IfModule[^!>]*(digest|$)`;

export const checkConfig = ({ configTest }: Variant, when: 'before' | 'after'): Step => ({
  ...common,
  kind: 'command',
  id: `config-${when}`,
  title: when === 'before' ? 'Check the configuration as it is' : 'Check the new configuration',
  intro:
    when === 'before'
      ? 'Apache checks whether it is valid. A broken configuration is not edited.'
      : 'Apache checks whether it is valid, before it has to run with it.',
  danger: 'reads',
  script: configTest,
  statusTells: true,
  matchers: syntax,
});

export const look = (variant: Variant): Step => lookIn(variant, variant);

const lookIn = ({ folder, errorLog }: Variant, variant: Variant): Step => ({
  ...common,
  kind: 'command',
  id: 'look',
  title: 'Check Apache',
  intro: 'Shows how many processes there are, how often Apache ran out of them, and how many files use Digest.',
  danger: 'reads',
  script: sh`[ -d ${file(folder)} ] || echo 'no such folder'
ps -A -o comm= | grep -c -E '(^|/)(apache2|httpd)$' | sed 's/^/processes: /'
grep -c 'AH00161' ${file(errorLog)} | sed 's/^/AH00161: /'
${sectionsFunction(variant)}
{ read_files; find -H ${file(folder)} -type f -name '*.conf'; } | sort -u | tr '\\n' '\\0' | xargs -0 grep -s -l -i -E ${typeLine} | while IFS= read -r each; do
  (cd -P "\${each%/*}" && printf '%s/%s\\n' "$(pwd -P)" "\${each##*/}")
done | sort -u | grep -c . | sed 's/^/files with Digest: /'
sections | awk -F '\\t' '$1 == "digest"' | grep -c . | sed 's/^/sections with Digest: /'
${htaccessWith(typeLine)}
echo "status key: $(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')"`,
  matchers: [
    {
      kind: 'failure',
      id: 'no-folder',
      pattern: /^no such folder$/,
      means: `There is no folder ${folder}.`,
      next: 'Start a new run with the other kind of Apache, or name the folder.',
    },
    {
      kind: 'harmless',
      id: 'no-log',
      pattern: /^grep: .*No such file/,
      text: 'grep: …: No such file or directory',
      means: 'The error log is elsewhere; the count is left out.',
    },
    { kind: 'harmless', id: 'nothing-found', pattern: /^find: .*No such file/, text: 'find: …: No such file or directory', means: 'That folder is not there.' },
    {
      kind: 'warning',
      id: 'no-digest',
      pattern: /^files with Digest: 0$/,
      means: 'No file that Apache reads uses Digest.',
      next: 'If no .htaccess uses it either, this is a different problem.',
    },
    { ...htaccess, kind: 'warning' },
    {
      kind: 'harmless',
      id: 'ran-out',
      pattern: /^AH00161: [1-9]\d*$/,
      text: 'AH00161: 12',
      means: 'Apache ran out of children that often since the log began.',
    },
  ],
  saves: [
    { id: 'processes', title: 'Processes of Apache', pattern: /^processes: (\d+)$/ },
    { id: 'status-key', title: 'Key of the status page', pattern: /^status key: ([0-9a-f]{32})$/ },
    { id: 'digest-files', title: 'Files with Digest', pattern: /^files with Digest: (\d+)$/ },
  ],
});

export const backtrace = (values: Parameters, variant: Variant): Step => ({
  ...common,
  kind: 'command',
  id: 'backtrace',
  title: 'See where a stuck child hangs',
  intro: 'Takes one child that is closing, and lets a debugger print what it is waiting in. The child continues afterwards.',
  danger: 'reads',
  script: sh`pid=$(curl -ksS -f -m 20 ${keyArgument(variant)} ${statusOf(values)} | sed 's/<[^>]*>/ /g' | awk '$1 ~ /^[0-9]+-[0-9]+$/ && $4 == "C" { print $2; exit }')
[ -n "$pid" ] || { echo 'no child is closing'; exit 1; }
echo "child $pid"
${variant.debug(sh`$pid`)}`,
  matchers: [
    {
      kind: 'failure',
      id: 'none-closing',
      pattern: /^no child is closing$/,
      means: 'No child is closing now.',
      next: 'Run the step again while it hangs, or skip it.',
    },
    {
      kind: 'failure',
      id: 'no-debugger',
      pattern: inOrder(/(?:gdb|lldb): /, /not found/),
      means: 'There is no debugger.',
      next: 'Install gdb there, or skip this step: it only explains.',
    },
    {
      kind: 'harmless',
      id: 'debugger-words',
      pattern: /^warning: |No such file or directory|debuginfod|No symbol table|Could not find/i,
      text: 'warning: …',
      means: 'The debugger has no sources of Apache, and needs none.',
    },
    {
      kind: 'expected',
      id: 'cleaning-up',
      pattern: /apr_pool_destroy|clean_child_exit|cleanup_server_event|apr_pool_clear/,
      means: 'It hangs while it cleans up. The line above names the module.',
      missing: 'It hangs elsewhere.',
      next: 'Read which module the backtrace names. If it is not Digest’s, this procedure does not help: stop here and undo the run.',
    },
  ],
});

export const passwords = ({ userFile }: Parameters, variant: Variant): Step => ({
  ...common,
  kind: 'command',
  id: 'passwords',
  title: 'Check the passwords for Basic',
  intro:
    'Counts the users in the file that sections will take passwords from, and compares them with those that each section lets in now. Passwords are not shown.',
  danger: 'reads',
  script: sh`[ -r ${file(userFile)} ] || echo 'no password file'
grep -c -E '^[^:#]+:([$]|[{]SHA[}]|.{13}$)' ${file(userFile)} | sed 's/^/users: /'
${sectionsFunction(variant)}
sections | awk -F '\\t' '$1 == "digest" && $5 != "" && !seen[$4 FS $5]++ { print $5; print $4 }' | while IFS= read -r old && IFS= read -r realm; do
  case $old in /*) ;; *) old=${file(variant.folder)}/$old ;; esac
  [ -r "$old" ] || continue
  awk -F : -v realm="$realm" -v old="$old" '
    FILENAME == old && $2 == realm { had[$1] = 1 }
    FILENAME != old && $1 !~ /^#/ && NF > 1 { has[$1] = 1 }
    END {
      for (user in has) if (!(user in had)) print "gets in: " user " (" realm ")"
      for (user in had) if (!(user in has)) print "no password yet: " user " (" realm ")"
    }' "$old" ${file(userFile)} | sort
done`,
  matchers: [
    {
      kind: 'failure',
      id: 'no-password-file',
      pattern: /^no password file$/,
      means: `There is no ${userFile}.`,
      next: 'Make it with htpasswd -c -B, then run the step again.',
    },
    {
      kind: 'failure',
      id: 'gets-in',
      pattern: /^gets in: /,
      means:
        'This user is in the file for Basic, but was not among that section’s users with Digest: access would be wider than before. With Digest, users belong to an AuthName; with Basic they do not.',
      next: 'Take the user out of the file (htpasswd -D). Where sections have different users, give each a file of its own by hand. Then run the step again.',
    },
    {
      kind: 'warning',
      id: 'no-password-yet',
      pattern: /^no password yet: /,
      means: 'This user gets in with Digest, and has no password in the file for Basic.',
      next: 'Add the user with htpasswd -B, and pass on the new password.',
    },
    { kind: 'failure', id: 'nobody', pattern: /^users: 0$/, means: 'No one has a password in it that Basic can read.', next: 'Add users with htpasswd -B.' },
    { kind: 'harmless', id: 'said-by-grep', pattern: /^grep: /, text: 'grep: …', means: 'It is not there.' },
  ],
});
