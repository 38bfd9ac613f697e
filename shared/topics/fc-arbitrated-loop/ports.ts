/** The Fibre Channel ports of a Linux host, read from sysfs. Nothing is sent into the loop: a LIP would abort the I/O of all. */
import { file, type Script, sh } from '../../topic-kit/index.ts';

export const runsOn = 'this server';

/** Prints one line a port: `port=host4 state=Online lost=0x0 type=LPort_(private_loop) speed=4_Gbit able=… lips=… wwpn=…`. */
export const readPorts: Script = sh`for wb_port in ${file('/sys/class/fc_host')}/host*; do
  [ -d "$wb_port" ] || continue
  wb_one() { tr ' ' _ < "$wb_port/$1" 2> /dev/null || echo unread; }
  echo "port=\${wb_port##*/} state=$(wb_one port_state) lost=$(wb_one statistics/loss_of_signal_count) type=$(wb_one port_type) speed=$(wb_one speed) able=$(wb_one supported_speeds) lips=$(wb_one statistics/lip_count) wwpn=$(wb_one port_name)"
done
if [ -d ${file('/sys/class/fc_host')} ]; then echo looked=yes; else echo looked=no; fi`;

export interface Port {
  name: string;
  state: string;
  type: string;
  speed: string;
  /** Null: the card does not count it. */
  lost: number | null;
  wwpn: string;
}
export const portsIn = (output: string): Port[] =>
  output.split('\n').flatMap((line) => {
    if (!line.startsWith('port=')) return [];
    const values = new Map(
      line
        .trim()
        .split(/\s+/)
        .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1).replaceAll('_', ' ')] as const),
    );
    const lost = values.get('lost') ?? '';
    return [
      {
        name: values.get('port') ?? '',
        state: values.get('state') ?? '',
        type: values.get('type') ?? '',
        speed: values.get('speed') ?? '',
        lost: /^0x[0-9a-f]{1,15}$/i.test(lost) ? Number(lost) : null,
        wwpn: values.get('wwpn') ?? '',
      },
    ];
  });

/** What a port is in: a loop, a fabric, or two ends that talk past the loop. */
export const kindOf = ({ state, type }: Port): 'loop' | 'fabric' | 'direct' | 'down' | 'unknown' => {
  if (state !== 'Online') return state === '' || state === 'unread' ? 'unknown' : 'down';
  if (/^(?:LPort|NLPort)\b/.test(type)) return 'loop';
  if (/^NPort\b/.test(type)) return 'fabric';
  return type.startsWith('Point-To-Point') ? 'direct' : 'unknown';
};
