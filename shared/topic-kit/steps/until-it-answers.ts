/** A command that is tried until it answers, and not for ever. Data only. */
import type { Matcher } from '../matcher.ts';
import { type Script, sh } from '../script.ts';

interface Waiting {
  /** Ends with status 0 once it is there. It has to end by itself each time, as `curl -m 5` does. */
  command: Script;
  /** How often it is tried, with a second in between. */
  tries: number;
  /** What is asked, as in "The web server answers." */
  means: string;
  missing: string;
  next: string;
  remedies?: readonly string[];
}

/** For `verify` and `serves`. Shows the last answer only: earlier ones were of something that was still starting. */
export const untilItAnswers = ({ command, tries, ...words }: Waiting): { script: Script; matchers: Matcher[] } => ({
  script: sh`wb_ask() { ${command}
}
tries=0 answered=no
while [ $tries -lt ${tries} ]; do
  tries=$((tries + 1))
  if answer=$(wb_ask 2>&1); then answered=yes; break; fi
  [ $tries -ge ${tries} ] || sleep 1
done
printf '%s\\n' "$answer" "answered=$answered"`,
  matchers: [{ kind: 'expected', id: 'answered', pattern: /^answered=yes$/, ...words }],
});
