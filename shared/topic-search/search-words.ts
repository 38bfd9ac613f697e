/** How text becomes words for the search: the same for what is searched and what is asked. Pure. */

/** Words that say nothing about a procedure, in the four languages in which people ask. Without accents. */
const empty = new Set(
  [
    'behind beside across against along around already sometimes often never nobody everything anything instead though although because both enough far near later until unless upon via yesterday today tomorrow tonight morning afternoon evening weekend monday tuesday wednesday thursday friday saturday sunday a about after again all also always am an and any anybody are as at be because been before but by can cannot could did do does doing done during each else even ever every few for from',
    'get gets getting got had has have having he hello her here hi his how i if in into is it its just kind let lot many may me more most much must my never no none nor not nothing now of off',
    'on once one only or other our out over own per please she should since so some somebody something still such than thank thanks that the their them then there these they this those through',
    'to too under until up upon us very via want wants was way we were what when where whether which while who whole whose why will with within without would yet you your',
    'come comes go goes going gone keep keeps kept like look looks make makes made need needed needs put puts run running runs say says said see seen seems show shows take takes tell tells told try tried use used using uses work works working worked',
    'didnt doesnt dont isnt wasnt wont cant arent havent hasnt id ive im theres whats thats',
    'bad big good great new old right small wrong long short first last next same different able possible',
    'error errors fail failed failing fails failure help issue issues problem problems question trouble broken breaks break broke',
    'am ab aber alle als auch auf aus bei beim bin bis das dass dem den der des die dies diese doch durch ein eine einem einen einer eines er es fur geht gibt hat hatte haben hier hinter ich ihr im immer ist',
    'ja kann kein keine keinen keiner konnen lasst man mehr mein meine mit muss nach nicht nichts noch nur ob oder ohne schon sehr seit sich sie sind soll sollen uber um und uns unser unsere unter vom von vor wann warum was',
    'weil welche wenn wer werden wie wieder wir wird wo zu zum zur zwischen fehler meldet richtig falsch neue neuen alt alte',
    'au aux avec ce cette ces chez comme comment dans de des du elle en est et etre il ils je la le les leur mais mes mon ne nos notre nous on ou par pas peut plus pour pourquoi quand que qui sa sans se ses son sont sur tout tous un une vers votre vous erreur',
    'al algo como con cuando cual de del desde donde el ella ellos en entre es esta estan este esto hay la las le lo los mas me mi muy nada ni no nos nuestro o para pero por porque puede que quien se ser si sin sobre solo son su sus te tiene todo todos un una ya y error',
  ].flatMap((words) => words.split(' ')),
);

/** Letters and digits; `0x…`, `cm0` and `9211` stay whole. */
const word = /[\p{L}\p{N}]+/gu;

/** Accents fall away: `hängt` and `hangt` are one word. */
const plain = (text: string) => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').replace(/['’]/g, '');

export const searchWords = (text: string): string[] => plain(text).match(word) ?? [];

/** What a log, a kernel or an event list says before the message itself: time, host, program, process. */
const linePrefixes = [
  /^\{(?="\w+":)/,
  /^<\d{1,3}>\d?/,
  /^\[?\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?\]? /,
  /^\[?(?:(?:mon|tue|wed|thu|fri|sat|sun) )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) [ \d]\d? [\d:.]{5,}(?: \d{4})?\]?:? /i,
  /^\d\d-\w{3} \d\d:\d\d /,
  /^\[ *\d+\.\d+\] ?(?:\[[^\]]*\] )?/,
  /^(?:\S+ ){0,4}\[\d{1,2}\/\w{3}\/\d{4}:[^\]]*\] /,
  /^(?:[\w.-]+\[\d+\]|kernel|[a-z][\w-]{2,}d|mdadm|[a-z]{2,7}\d{1,2}(?:_[a-z]+\d)?|[a-z]+(?:-[a-z]+)+): /,
  /^(?:[\w.-]+ )?[\w./-]+(?:\[\d+\])?: /,
];
/** The line without it; whether there was any. */
export function withoutLinePrefix(line: string): { text: string; isLog: boolean } {
  let text = line.trimStart();
  let isLog = false;
  for (const [at, prefix] of linePrefixes.entries()) {
    // A program's name is one only behind a time.
    if (at === linePrefixes.length - 1 && !isLog) break;
    const cut = text.replace(prefix, '');
    if (cut !== text && cut !== '') [text, isLog] = [cut, true];
  }
  return { text, isLog };
}

/** Words of the trade that are said of everything: alone they lead to no procedure. As they are compared. */
const general = new Set(
  [
    'access account address admin alert allow app application archiv auth authentication automatic backup bit block board boot box browser button byte call card chang check child clean client cluster code command compan computer',
    'config configuration connect connection copi copy correct count crash creat current custom daemon daily data date day deb debian default delet desktop detect devic directory disabl disconnect disk display domain download',
    'driver drop email end event expir fast file filter firewall fix folder format found free full gateway group guest hand hang hard home host hour http id imag info information input install installation',
    'installer interfac internal internet invalid ip item job kernel key laptop level limit line link linux list load local location lock log login lost mac machin mail main manager manual master memory menu miss mode',
    'model month mount mov move name network night number offic open option order output owner page part partition password patch path pc perform permission port power press print printer process product profil program',
    'project protect provider proxy queu random read ready reboot receiv record recover refus registr remov replac report request reset restart restor result return root rout router rule save scan screen script search second security',
    'select send sent server session set setup shar site siz size slow sourc speed stack standard start static statu status stop storag stuck support switch system target task team temp test text time timeout tool transfer tree turn',
    'type unknown unix updat upgrad usb user valid verif version view virtual visit vm volum vpn wait warn web week weekly window wirel work workstation writ year zone',
    'anmeld anmeldung datei dienst drucker gerat kennwort netz netzwerk passwort rechner startet startend wartet neustart fichier serveur servidor archivo equipo',
  ].flatMap((words) => words.split(' ')),
);
/** Names of programs, systems and protocols: each has many other troubles as well. */
const names = new Set(
  [
    'ad android apt arp ata aws bgp bind bond bsd cron dell dhcp dhcpd dn dns docker dovecot efi el ethernet ext4 exchang excel fedora ftp git github gitlab gpt grub hp http httpd icinga ie imac imap intel io ip ipv4 ipv6 iscsi iso',
    'java kde kerbero kvm lan ldap lion lv lvm mac macbook mariadb matomo mbr mdadm microsoft mini mysql nagio nas nat netgear netplan nfs nft nginx nic ntp nvme openldap openssh openssl openvpn oracl os osx outlook pdf perl php piwik ping postfix postgr ppd proxmox pxe python qemu rack',
    'raid ram rdp redhat rhel root roundcub rsync rsyslog samba sas sata scsi sip smb smtp snmp snom spam sql squid ssd ssh ssl stick swap syslog systemd tar tcp tcpdump telnet tftp thunderbird tls ubuntu udev udp uefi unifi unix vlan vm voip vswitch wifi wiki win wireguard wireshark wlan word x11 xen xenserver xfs yum zabbix zfs zimbra',
    'loop ring controller sync adapter battery stream audio video bot policy session batch plugin modul engin snapshot replica replication mirror array head tail packet traffic peer endpoint agent node domain forest realm schema object attribut zone record serial resolver lookup',
    'pool bucket spool spooler filter driver duplex tray toner stat statistic report counter visit visitor analytic geoip referral base search scan cursor boot loader initrd initramf flash rom bio nvram slot hba card lun target initiator portal rebuild',
  ].flatMap((words) => words.split(' ')),
);
export const isName = (compared: string): boolean => names.has(compared);

export const isGeneral = (compared: string): boolean => general.has(compared);

/** What is longer is no word: a key, a checksum, data. Looking for its like would take time and memory that grow with the square of its length. */
const longestWord = 40;

/** The word as it is compared; null for one that says nothing. Endings are cut only where enough is left to tell words apart. */
export function comparedWord(raw: string): string | null {
  if (empty.has(raw) || raw.length < 2 || raw.length > longestWord) return null;
  if (/^\d{1,3}$/.test(raw)) return null;
  if (/\d/.test(raw)) return raw;
  return stem(raw);
}

function stem(raw: string): string {
  let word = raw;
  if (word.length > 4 && word.endsWith('ies')) word = `${word.slice(0, -3)}y`;
  else if (word.length > 3 && /[^su]s$/.test(word)) word = word.slice(0, -1);
  for (const ending of ['ing', 'ed'])
    if (word.length > ending.length + 3 && word.endsWith(ending)) {
      word = word.slice(0, -ending.length);
      // "dropped", "running"; but "filling", "missing".
      if (/([b-df-hj-kmnp-rtv-z])\1$/.test(word)) word = word.slice(0, -1);
      break;
    }
  return word.length > 4 && word.endsWith('e') ? word.slice(0, -1) : word;
}
