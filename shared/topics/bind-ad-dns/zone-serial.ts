/** The next serial of a zone, by RFC 1982: one that secondaries take for a newer one. */

const largest = 2 ** 32 - 1;

/** `today` as YYYYMMDD, where it is known. Null for what is no serial. */
export function nextSerial(serial: string, today?: string): string | null {
  if (!/^\d{1,10}$/.test(serial) || Number(serial) > largest) return null;
  if (isDated(serial, today) && today !== undefined && serial.slice(0, 8) < today) return `${today}00`;
  // Behind the largest comes 1: BIND leaves out 0. After YYYYMMDD99 it goes on with the hundreds, and is still larger.
  return String(Number(serial) === largest ? 1 : Number(serial) + 1);
}

/** YYYYMMDDnn, and not a count or seconds since 1970 that look nearly so. */
function isDated(serial: string, today?: string): boolean {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)\d\d$/.exec(serial) ?? [];
  if (year === undefined || Number(year) < 1990 || Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return false;
  return today === undefined || Number(year) <= Number(today.slice(0, 4)) + 1;
}
