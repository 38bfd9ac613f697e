/** The doors: protected addresses are tried from outside Apache, with nobody, with a wrong user and with a right one. */
import { type Matcher, type Script, type Step, sh } from '../../topic-kit/index.ts';
import { common } from './looking.ts';
import type { Parameters, Variant } from './parameters.ts';
import { sectionsFunction } from './served.ts';

/** So many are tried: those that the configuration tells, in its order. */
const mostDoors = 20;
const nobody = 'wrenchbook-nobody:wrong';

/**
 * A line `door ADDRESS nobody=401 wrong=401 asks=Digest` of each, and `doors:` with all statuses for the comparison. "asks" is the way that a
 * door offers. The right user is tried only where an address was named, and curl asks for the password itself.
 */
function tryDoors({ door, doorUser }: Parameters, variant: Variant): Script {
  return sh`${sectionsFunction(variant)}
answer() { curl -ksS -m 20 -o /dev/null -D - "$@" 2> /dev/null | tr -d '\\r' | awk '
  /^HTTP\\// { status = $2; way = "" }
  tolower($1) == "www-authenticate:" { way = $2 }
  END { print (status == "" ? "none" : status) " " (way == "" ? "nothing" : way) }'; }
try() {
  name=$1; shift
  said=$(answer "$@"); wrong=$(answer --anyauth -u ${nobody} "$@")
  echo "door $name nobody=\${said% *} wrong=\${wrong% *} asks=\${said#* }"
}
{
  sections | awk -F '\\t' '($1 == "digest" || $1 == "basic") && $3 != "" && !seen[$2 $3]++' | head -n ${mostDoors} | while IFS='	' read -r type site path realm users; do
    set -- $site
    if [ -n "$4" ]; then try "$4:$2$path" --resolve "$4:$2:$1" "$3://$4:$2$path"
    else try "$1:$2$path" "$3://$1:$2$path"; fi < /dev/null
  done
  ${door === '' ? sh`:` : sh`try ${door} ${door} < /dev/null`}
} | awk '{ print; line = line " " $2 "=" $3 "," $4 } END { print "doors:" (line == "" ? " none" : line) }'
${doorUser === '' || door === '' ? sh`` : sh`curl -kS -m 60 -o /dev/null --anyauth -u ${doorUser} -w ${`right user: %{http_code}\\n`} ${door} 2> /dev/null`}`;
}

const prompts = [
  {
    id: 'door-password',
    pattern: /Enter host password for user '[^']*': ?$/,
    question: 'Password of the user at the protected address?',
    explanation: 'It goes to curl on the server only, and is written nowhere. Before the change it is that of Digest, afterwards that of Basic.',
    answers: [],
    recommended: '',
    secret: true as const,
  },
];

const open: Matcher[] = [
  {
    kind: 'failure',
    id: 'server-error',
    pattern: /^door .* (?:nobody|wrong)=5\d\d /,
    means:
      'A protected address answers with a server error. Where Digest’s module is gone and something still asks for Digest, Apache says just that (AH01796).',
    next: 'Undo this run, which puts the module back. Then find what still uses Digest: the error log names the address.',
  },
];

export const doorBefore = (values: Parameters, variant: Variant): Step => ({
  ...common,
  kind: 'command',
  id: 'door-before',
  title: 'Try the protected addresses, before',
  intro: 'Requests each without a user, and as a user who does not exist. Its answers are compared with those after the change.',
  danger: 'reads',
  script: tryDoors(values, variant),
  matchers: [
    {
      kind: 'warning',
      id: 'stands-open',
      pattern: /^door .* wrong=(?:2\d\d|3\d\d) /,
      means: 'This address lets in a user who does not exist.',
      next: 'Check whether it is meant to be protected.',
    },
    {
      kind: 'warning',
      id: 'errs-before',
      pattern: /^door .* wrong=5\d\d /,
      means: 'This address answers with a server error already.',
      next: 'Read the error log.',
    },
    {
      kind: 'warning',
      id: 'no-door',
      pattern: /^doors: none$/,
      means: 'No protected address could be read out of the configuration, so that none is tried.',
      next: 'Start a new run, and name one ("A protected address").',
    },
    {
      kind: 'warning',
      id: 'right-refused',
      pattern: /^right user: (?!2|3)\d+$/,
      means: 'The right user does not get in.',
      next: 'Check that this is the Digest password.',
    },
    {
      kind: 'expected',
      id: 'tried',
      pattern: /^doors: /,
      means: 'They were tried.',
      missing: 'They could not be tried.',
      next: 'Read the lines above, and run the step again.',
    },
  ],
  ...(values.doorUser === '' ? {} : { prompts }),
  saves: [{ id: 'doors', title: 'What protected addresses answer', pattern: /^doors: (.+)$/ }],
});

export const doorAfter = (values: Parameters, variant: Variant): Step => ({
  ...common,
  kind: 'command',
  id: 'door-after',
  title: 'Try the protected addresses, after',
  intro: 'Repeats the test: whoever was refused before must still be refused, and no address may answer with an error.',
  danger: 'reads',
  script: tryDoors(values, variant),
  matchers: [
    ...open,
    {
      kind: 'failure',
      id: 'still-digest',
      pattern: /^door .* asks=Digest$/i,
      means: 'This address still asks for Digest.',
      next: 'Undo this run. Then find what sets it: the line names the address.',
    },
    {
      kind: 'failure',
      id: 'right-refused',
      pattern: /^right user: (?!2|3)\d+$/,
      means: 'The right user does not get in any more.',
      next: 'Check whether the user has a password in the file for Basic (htpasswd), then run the step again. Otherwise undo the run.',
    },
    {
      kind: 'equal',
      id: 'same-doors',
      pattern: /^doors: (.+)$/,
      to: { fact: 'doors' },
      means: 'Every protected address answers with the same status as before.',
      differs: 'A protected address does not answer as before.',
      next: 'Compare both lines. One with 200 instead of 401 lets everybody in: undo this run at once.',
    },
  ],
  ...(values.doorUser === '' ? {} : { prompts }),
});

/** After the way back: somebody asks for Digest again, and nothing answers with an error. */
export const doorsBack = (values: Parameters, variant: Variant) => ({
  script: tryDoors({ ...values, doorUser: '' }, variant),
  matchers: [
    ...open,
    {
      kind: 'expected',
      id: 'digest-again',
      pattern: /^(?:door .* asks=Digest|doors: none)$/i,
      means: 'Protected addresses ask for Digest again.',
      missing: 'No protected address asks for Digest again.',
      next: 'Restart Apache, and read its error log.',
    },
  ] satisfies Matcher[],
});
