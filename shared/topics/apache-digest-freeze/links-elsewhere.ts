/** Links to files with Digest that a look through the folder does not come to. */
import { file, type Matcher, type Script, sh } from '../../topic-kit/index.ts';

/**
 * Names each `*.conf` that is a link, has such a line (for grep -E -i), and leads out of the folder. One that
 * leads to a further link is fine here: that one is looked at itself. Without `readlink -f`, which older OS X has not.
 */
export const linksElsewhere = (folder: string, line: string): Script => sh`real=$(cd -P ${file(folder)} && pwd -P)
find -H ${file(folder)} -type l -name '*.conf' -exec grep -s -l -i -E ${line} {} + | while IFS= read -r link; do
  to=$(readlink "$link")
  at=$(cd -P "$(dirname "$link")" && cd -P "$(dirname "$to")" && pwd -P)
  case $at/$(basename "$to") in "$real"/*) ;; *) echo "link: $link" ;; esac
done`;

export const linkedElsewhere: Matcher = {
  kind: 'failure',
  id: 'linked-elsewhere',
  pattern: /^link: /,
  means: 'Apache reads this file, or what this link leads to, and it uses Digest, but it is not in the folder. It would stay unchanged.',
  next: 'Change the file it leads to by hand, or start a new run and name the folder that file is in.',
};
