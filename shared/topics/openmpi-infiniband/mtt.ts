/** How much memory an mlx4 card may register: bytes = 2^log_num_mtt × 2^log_mtts_per_seg × page size. Pure. */
import { type EditRefusal, setModuleOptions } from '../../topic-kit/index.ts';

/** What OFED's driver took where nothing is set, and the largest table that it makes. */
const usualLog = 20;
const largestLog = 30;

/** `page` in bytes. */
export const registerableMib = (logNumMtt: number, logPerSegment: number, page: number): number => (2 ** (logNumMtt + logPerSegment) * page) / 2 ** 20;

/** The smallest log_num_mtt with which twice the memory (in MiB) can be registered, as Open MPI’s FAQ advises; null where the driver makes no such table. */
export function logNumMtt(memory: number, logPerSegment: number, page: number): number | null {
  for (let log = usualLog; log <= largestLog; log += 1) if (registerableMib(log, logPerSegment, page) >= 2 * memory) return log;
  return null;
}

/** A modprobe.d file with the option in it. A larger value that is there stays. */
export function withTable(old: string, facts: Readonly<Record<string, string>>): string | EditRefusal {
  const [memory, page, perSegment] = ['memory', 'page', 'per-segment'].map((id) => (/^\d{1,9}$/.test(facts[id] ?? '') ? Number(facts[id]) : Number.NaN));
  const own = optionsIn(old);
  const segment = Number(own.get('log_mtts_per_seg') ?? perSegment);
  if (!memory || !page || !Number.isInteger(segment))
    return {
      rule: 'not-read',
      means: 'The memory, the page size or log_mtts_per_seg of this machine is not known.',
      next: 'Run the first step again.',
    };
  const wanted = logNumMtt(memory, segment, page);
  if (wanted === null)
    return {
      rule: 'too-large',
      means: `Twice ${memory} MiB needs a table larger than log_num_mtt=${largestLog}.`,
      next: 'Set log_mtts_per_seg by hand, and ask the maker of the driver what it supports.',
    };
  const has = Number(own.get('log_num_mtt') ?? Number.NaN);
  return has >= wanted && has <= largestLog ? old : setModuleOptions(old, 'mlx4_core', { log_num_mtt: String(wanted) });
}

/** Of the file's last line for the module. */
function optionsIn(text: string): ReadonlyMap<string, string> {
  const line = text.split(/\r?\n/).findLast((one) => /^\s*options\s+mlx4[-_]core\s/.test(one)) ?? '';
  return new Map(
    line
      .trim()
      .split(/\s+/)
      .slice(2)
      .map((option) => option.split('=') as [string, string]),
  );
}
