/** What the index names, what the repository serves, and what the proxy serves: by size and by digest, each fetched once. */
import { type Matcher, type SavedFact, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

/** Prints NAME=VALUE lines: index, origin and proxy, and what later steps need. Only reads; the copies are removed at its end. */
export const compare = ({ pkg, proxy }: Pick<Parameters, 'pkg' | 'proxy'>) => sh`set -f
dir=$(mktemp -d) || exit
trap 'rm -rf "$dir"' EXIT
set -- $(apt-get --print-uris download ${pkg} 2>/dev/null | grep "^'" | tail -n 1)
case \${4-} in
SHA256:*) sum=sha256sum ;;
SHA512:*) sum=sha512sum ;;
*) echo index=missing; exit ;;
esac
uri=\${1#\\'} uri=\${uri%\\'} wanted=\${4#*:}
host=\${uri#*://} host=\${host%%/*} host=\${host%%:*}
printf '%s\n' "uri=$uri" "name=\${uri##*/}" "file=\${file:=$2}" "host=$host" "sum=$sum" "hash=$wanted" "index.size=$3"
address=${proxy} own=
if [ -z "$address" ]; then
  eval "$(apt-config shell address Acquire::http::Proxy own "Acquire::http::Proxy::$host")"
  address=\${own:-\${address:-\${http_proxy-}}}
fi
fetch() {
  from=$1
  shift
  if curl -s -f -L "$@" -o "$dir/copy" "$uri"; then
    found=$($sum <"$dir/copy") found=\${found%% *}
    echo "$from.size=$(($(wc -c <"$dir/copy")))"
    echo "$from.hash=$found"
    if [ "$found" = "$wanted" ]; then echo "$from=same"; else echo "$from=differs"; fi
  else
    echo "$from=unreachable"
  fi
}
fetch origin --noproxy '*'
case $address in
'' | DIRECT | false) echo proxy=none ;;
*) echo "address=\${address%/}"
  fetch proxy -x "$address" ;;
esac`;

export const saves: readonly SavedFact[] = [
  { id: 'name', title: 'File in the repository', pattern: /^name=(\S+)$/ },
  { id: 'uri', title: 'Address of the file', pattern: /^uri=(\S+)$/ },
  { id: 'file', title: 'File in apt’s archive', pattern: /^file=(\S+)$/ },
  { id: 'host', title: 'Repository', pattern: /^host=(\S+)$/ },
  { id: 'sum', title: 'Kind of digest', pattern: /^sum=(\S+)$/ },
  { id: 'hash', title: 'Digest in the index', pattern: /^hash=(\S+)$/ },
  { id: 'address', title: 'Proxy', pattern: /^address=(\S+)$/ },
];

const originDiffers = /^origin=differs$/;
export const matchers: readonly Matcher[] = [
  {
    kind: 'failure',
    id: 'no-package',
    pattern: /^index=missing$/,
    alone: true,
    means: 'Apt has no such package in its index, or only a weak digest of it.',
    next: 'Check the name with "apt-cache policy", and run "apt-get update".',
  },
  {
    kind: 'failure',
    id: 'origin-differs',
    pattern: originDiffers,
    alone: true,
    means: 'The repository itself serves another file than its signed index names. The proxy is not the cause.',
    next: 'Update the index: it may be old, or the mirror half synchronised. If it stays so, do not install the file: it may have been tampered with. Report it to those who run the repository.',
    remedies: ['update'],
  },
  {
    kind: 'failure',
    id: 'origin-unreachable',
    pattern: /^origin=unreachable$/,
    alone: true,
    means: 'The repository could not be reached without the proxy, so nothing is known of what it serves.',
    next: 'Let this client reach it, or make the comparison on the proxy itself. Do not remove anything before.',
  },
  {
    kind: 'failure',
    id: 'no-proxy',
    pattern: /^proxy=none$/,
    unless: originDiffers,
    alone: true,
    means: 'Apt uses no proxy here, and the repository serves what the index names.',
    next: 'Run "apt-get clean" and try again. If sources.list names the proxy itself, give its address in the form.',
  },
  {
    kind: 'failure',
    id: 'proxy-unreachable',
    pattern: /^proxy=unreachable$/,
    unless: originDiffers,
    alone: true,
    means: 'The proxy gave nothing.',
    next: 'Check that it runs, and read its log: "systemctl status apt-cacher-ng".',
  },
  {
    kind: 'failure',
    id: 'proxy-right',
    pattern: /^proxy=same$/,
    unless: originDiffers,
    alone: true,
    means: 'The proxy serves what the index names: it is not the cause.',
    next: 'Run "apt-get clean" on this client and try again: a part of an old file may be left there.',
  },
  {
    kind: 'expected',
    id: 'proxy-differs',
    pattern: /^proxy=differs$/,
    means: 'The proxy keeps an old copy: it serves another file than the repository.',
    missing: 'It was not found out that the proxy serves another file.',
    next: 'Read what stands above.',
  },
];
