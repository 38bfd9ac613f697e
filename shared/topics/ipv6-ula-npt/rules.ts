/** The script that sets the translation up and removes it, and nothing else: other rules are never flushed. */
import type { Parameters } from './parameters.ts';

export const scriptFile = '/etc/npt/npt.sh';
export const unitName = 'npt.service';

const nft = ({ ula, gua, ext }: Parameters) => ({
  start: `nft -f - <<'END'
table ip6 npt
delete table ip6 npt
table ip6 npt {
  chain out {
    type nat hook postrouting priority 100;
    oifname "${ext}" ip6 saddr ${ula} counter snat ip6 prefix to ip6 saddr map { ${ula} : ${gua} }
  }
  chain in {
    type nat hook prerouting priority -100;
    iifname "${ext}" ip6 daddr ${gua} counter dnat ip6 prefix to ip6 daddr map { ${gua} : ${ula} }
  }
  chain leak {
    type filter hook postrouting priority 300;
    oifname "${ext}" ip6 saddr fc00::/7 counter drop
  }
}
END`,
  stop: 'nft delete table ip6 npt',
});

/** Table, chain and rule, each added if it is not there, and deleted if it is. */
const tables = ({ ula, gua, ext, way }: Parameters): readonly string[] =>
  way === 'iptables'
    ? [
        `nat POSTROUTING -o ${ext} -s ${ula} -j NETMAP --to ${gua}`,
        `nat PREROUTING -i ${ext} -d ${gua} -j NETMAP --to ${ula}`,
        `filter FORWARD -o ${ext} -s fc00::/7 -j NPT_LEAK`,
      ]
    : [
        `raw PREROUTING -s ${ula} -j CT --notrack`,
        `raw PREROUTING -i ${ext} -d ${gua} -j CT --notrack`,
        `raw OUTPUT -o ${ext} -s ${ula} -j CT --notrack`,
        `mangle POSTROUTING -o ${ext} -s ${ula} -j SNPT --src-pfx ${ula} --dst-pfx ${gua}`,
        `mangle PREROUTING -i ${ext} -d ${gua} -j DNPT --src-pfx ${gua} --dst-pfx ${ula}`,
        `filter FORWARD -o ${ext} -s fc00::/7 -j NPT_LEAK`,
      ];
const ip6tables = (values: Parameters) => ({
  start: `ip6tables -N NPT_LEAK 2>/dev/null || ip6tables -F NPT_LEAK
ip6tables -A NPT_LEAK -s ${values.ula} -j RETURN
ip6tables -A NPT_LEAK -j REJECT
rules | while read -r table chain rule; do
  ip6tables -t "$table" -C "$chain" $rule 2>/dev/null || ip6tables -t "$table" -A "$chain" $rule || exit 1
done`,
  stop: `rules | while read -r table chain rule; do ip6tables -t "$table" -D "$chain" $rule; done
ip6tables -F NPT_LEAK
ip6tables -X NPT_LEAK`,
});

export function translationScript(values: Parameters): string {
  const { start, stop } = values.way === 'nft' ? nft(values) : ip6tables(values);
  const rules = values.way === 'nft' ? '' : `rules() {\n  cat <<'END'\n${tables(values).join('\n')}\nEND\n}\n`;
  return `#!/bin/sh
# Translates ${values.ula} to ${values.gua} on ${values.ext}, and back. Run by ${unitName}. Adds and removes only its own rules.
set -e
${rules}case $1 in
start)
${start}
;;
stop)
${stop}
;;
esac
`;
}

export const unitText = `[Unit]
Description=IPv6 prefix translation
After=network-pre.target nftables.service netfilter-persistent.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh ${scriptFile} start
ExecStop=/bin/sh ${scriptFile} stop

[Install]
WantedBy=multi-user.target
`;
