/** The volumes that are wanted, one a line. Pure. */
export interface Volume {
  name: string;
  gigabytes: number;
  host: string;
  /** Port name of the host's HBA, 16 hex digits. */
  wwpn: string;
  lun: number;
}

/** "vol1 500 mini1 21:00:00:24:ff:00:00:01 1": name, size in GB (base 10), host, its WWPN, LUN. Throws Error with the line. */
export function parseVolumes(text: string): Volume[] {
  const volumes: Volume[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const words = raw.replace(/#.*/, '').trim().split(/\s+/);
    if (words[0] === '') continue;
    const at = `Line ${index + 1}`;
    const [name = '', size = '', host = '', id = '', lun = ''] = words;
    if (words.length !== 5) throw new Error(`${at}: give name, size in GB, host, WWPN and LUN, such as "vol1 500 mini1 21000024ff000001 1"`);
    for (const word of [name, host])
      if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(word) || word.length > 20) throw new Error(`${at}: “${word}” is not a name of at most 20 letters and digits`);
    const wwpn = id.replace(/[:-]/g, '').toLowerCase();
    if (!/^[0-9a-f]{16}$/.test(wwpn)) throw new Error(`${at}: “${id}” is not a WWPN of 16 hex digits`);
    if (!/^[1-9]\d{0,5}$/.test(size)) throw new Error(`${at}: “${size}” is not a size in whole GB`);
    if (!/^\d{1,3}$/.test(lun) || Number(lun) > 255 || Number(lun) === 0)
      throw new Error(`${at}: “${lun}” is not a LUN from 1 to 255; 0 may be the enclosure itself`);
    if (volumes.some((one) => one.name === name)) throw new Error(`${at}: the volume ${name} is named twice`);
    if (volumes.some((one) => one.host === host && one.wwpn !== wwpn)) throw new Error(`${at}: ${host} has another WWPN in a line above`);
    if (volumes.some((one) => one.host !== host && one.wwpn === wwpn)) throw new Error(`${at}: this WWPN is another host’s in a line above`);
    if (volumes.some((one) => one.host === host && one.lun === Number(lun))) throw new Error(`${at}: ${host} has this LUN already`);
    volumes.push({ name, gigabytes: Number(size), host, wwpn, lun: Number(lun) });
  }
  if (volumes.length > 12) throw new Error('Give 12 volumes at most in one run');
  return volumes;
}
