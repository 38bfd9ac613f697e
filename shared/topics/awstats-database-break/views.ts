/** What AWStats has for each kind of view, asked of AWStats itself. Scripts that only read. */
import { anywhere, file, type Script, sh } from '../../topic-kit/index.ts';
import { breaksOf, type Parameters } from './parameters.ts';

/** History files are awstatsMMYYYY.NAME.txt for a month; DD follows for a day, and HH for an hour. For find -name. */
const digits = { month: 6, day: 8, hour: 10 } as const;
export const pattern = (kind: keyof typeof digits, config: string) => `awstats${'[0-9]'.repeat(digits[kind])}.${config}.txt`;

/** As the user of the web page: AWStats’ files have to belong to that. */
export const asUser = (user: string, command: string): Script => sh`su -s ${anywhere('/bin/sh')} ${user} -c ${command}`;
const variables = ({ script, config }: Parameters): Script => sh`export WB_SCRIPT=${file(script)} WB_CONFIG=${config}`;

/** `month=`, `day=` and `hour=`: how many history files there are. */
export const countFiles = ({ data, config }: Parameters): Script => sh`count() { find ${file(data)} -maxdepth 1 -type f -name "$2" | wc -l | sed "s/^ */$1=/"; }
if [ -d ${file(data)} ]; then
  count month ${pattern('month', config)}
  count day ${pattern('day', config)}
  count hour ${pattern('hour', config)}
else echo data=none
fi`;

/**
 * For each kind of view, of the newest day that has a file of this kind, else of the newest record: `view day 2026-11-28: never updated`, or when
 * it was. In English, whatever the page speaks.
 */
export const viewsOf = (values: Parameters): Script => {
  const { user, data, config } = values;
  return sh`${variables(values)}
newest() { find ${file(data)} -maxdepth 1 -name "$1" | sed 's#.*/awstats##; s/[.].*//; s/^\\(..\\)\\(....\\)/\\2\\1/' | sort | tail -n 1; }
month=$(newest ${pattern('month', config)})
if [ -n "$month" ]; then
  name=$(printf '%s\\n' "$month" | sed 's/^\\(....\\)\\(..\\)/\\2\\1/')
  last=$(sed -n 's/^LastLine \\([0-9]\\{10\\}\\).*/\\1/p' ${file(data)}/awstats"$name".${config}.txt)
  for kind in ${[...breaksOf(values)]}; do
    case $kind in
    day) at=$(newest ${pattern('day', config)}) ;;
    *) at=$(newest ${pattern('hour', config)}) ;;
    esac
    at=\${at:-$last} rest=\${at#????}
    export WB_KIND=$kind WB_YEAR=\${at%"$rest"}
    at=$rest rest=\${at#??}
    export WB_MONTH=\${at%"$rest"}
    at=$rest rest=\${at#??}
    export WB_DAY=\${at%"$rest"} WB_HOUR=$rest
    page=$(${asUser(user, 'exec perl "$WB_SCRIPT" -config="$WB_CONFIG" -output -lang=en -databasebreak="$WB_KIND" -year="$WB_YEAR" -month="$WB_MONTH" -day="$WB_DAY" -hour="$WB_HOUR"')})
    printf '%s\\n' "$page" | sed -n 's/<[^>]*>//g; s/^.*Last Update:&nbsp;//p' | head -n 1 |
      sed "s/^Never updated.*/never updated/; s/^/view $kind $WB_YEAR-$WB_MONTH-$WB_DAY: /"
  done
else echo 'view: no data'
fi`;
};

/** `choice=`: how often the page has the field, and `months=`: that of the month, without which there was no page. */
export const choiceOf = (values: Parameters): Script => sh`${variables(values)}
page=$(${asUser(values.user, 'QUERY_STRING="config=$WB_CONFIG&framename=mainright" GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET exec perl "$WB_SCRIPT"')})
printf 'choice=%s\\nmonths=%s\\n' "$(printf '%s\\n' "$page" | grep -c 'name="databasebreak"')" "$(printf '%s\\n' "$page" | grep -c 'select [^>]*name="month"')"`;

/** `version=`, and `field=`: how often awstats.pl has it. */
export const installed = ({ script }: Parameters): Script => sh`if [ -r ${file(script)} ]; then
  sed -n 's/^\\$VERSION *= *"\\([0-9.]*\\).*/version=\\1/p' ${file(script)}
  printf 'field=%s\\n' "$(grep -c 'name=.*databasebreak' ${file(script)})"
else echo version=
fi`;
