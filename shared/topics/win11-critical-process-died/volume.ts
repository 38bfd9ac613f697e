/** Shell text that finds things on a mounted Windows volume. Names there may have small or capital letters. */
import { anywhere, file, type Script, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

/** `mount: DEVICE TYPE OPTIONS` of the volume, and `hibernation: MARK` where it has such a file. */
export const lookAtMount = ({
  volume,
}: Parameters): Script => sh`grep -F ${anywhere(` ${volume} `)} ${file('/proc/self/mounts')} | tail -n 1 | while read -r device at type options more; do
  [ "$at" != ${anywhere(volume)} ] || echo "mount: $device $type $options"
done
for sleep in ${file(volume)}/[Hh][Ii][Bb][Ee][Rr][Ff][Ii][Ll].[Ss][Yy][Ss]; do
  [ ! -f "$sleep" ] || echo "hibernation: $(head -c 4 "$sleep" | tr -cd A-Za-z)"
done`;

/** Sets `config`, `software` and `system`; each is empty where it is not there, `config` also where there are two. */
export const findHives = ({ volume }: Parameters): Script => sh`config='' two='' software='' system=''
for found in ${file(volume)}/[Ww][Ii][Nn][Dd][Oo][Ww][Ss]/[Ss][Yy][Ss][Tt][Ee][Mm]32/[Cc][Oo][Nn][Ff][Ii][Gg]; do
  if [ -d "$found" ]; then
    [ -z "$config" ] || two="Two folders: $config, $found"
    config=$found
  fi
done
if [ -n "$two" ]; then
  echo "$two"
  config=''
fi
[ -n "$config" ] || echo 'No Windows was found'
for found in "$config"/[Ss][Oo][Ff][Tt][Ww][Aa][Rr][Ee]; do [ ! -f "$found" ] || software=$found; done
for found in "$config"/[Ss][Yy][Ss][Tt][Ee][Mm]; do [ ! -f "$found" ] || system=$found; done`;

/** Names of the hives and of what is beside them, one a line. */
export const listHives = sh`[ -z "$config" ] || ls "$config" | grep -i -E '^(software|system)(\\.[0-9]{3})?$'`;

/** Sets `top`, the highest number that one of them has, and `pair`, the highest that both have. */
export const highestNumber = sh`top=0 pair=''
for found in "$config"/[Ss][Oo][Ff][Tt][Ww][Aa][Rr][Ee].[0-9][0-9][0-9] "$config"/[Ss][Yy][Ss][Tt][Ee][Mm].[0-9][0-9][0-9]; do
  [ -e "$found" ] || continue
  number=\${found##*.}
  value=$(expr "$number" + 0)
  [ "$value" -le "$top" ] || top=$value
  for other in "$config"/[Ss][Oo][Ff][Tt][Ww][Aa][Rr][Ee]."$number"; do
    case $found in *[Mm].*) [ ! -e "$other" ] || pair=$number ;; esac
  done
done`;
