/* SIMULATED. The same checks as the lab's flasher: signatures, checksum of each part, the chain of parts, and nothing behind them. */
#include "firmware-image.h"

#include <efilib.h>

static UINT32 u32(const UINT8 *at) { return at[0] | at[1] << 8 | at[2] << 16 | (UINT32)at[3] << 24; }

static BOOLEAN sums_to_zero(const UINT8 *part, UINT32 size) {
  UINT32 sum = 0;
  for (UINT32 at = 0; at < size; at += 4) sum += u32(part + at);
  return sum == 0;
}

static void take_name(CHAR8 *name, const UINT8 *from) {
  UINTN at = 0;
  for (; at < 32 && from[at] >= 32 && from[at] < 127; at++) name[at] = from[at];
  name[at] = 0;
}
static void take_version(UINT8 *version, const UINT8 *from) {
  for (UINTN at = 0; at < 4; at++) version[at] = from[3 - at];
}

static BOOLEAN is_whole(const UINT8 *file, UINTN length) {
  UINT32 size = u32(file + 44), next = u32(file + 48), last = size, before = 0;
  if (size < 256 || size % 4 || size > length || !sums_to_zero(file, size)) return FALSE;
  while (next) {
    UINT32 at = next;
    if (at < 256 || at % 4 || at > length - 64 || at <= before) return FALSE;
    before = at;
    size = u32(file + at + 8);
    next = u32(file + at + 12);
    if (size < 64 || size % 4 || size > length - at || !sums_to_zero(file + at, size)) return FALSE;
    if (at + size > last) last = at + size;
  }
  return last == length;
}

BOOLEAN read_image(const UINT8 *file, UINTN length, struct firmware_image *image) {
  if (length < 256 || file[3] != 0xea || u32(file + 4) != 0x5afaa55a || u32(file + 8) != 0xa55afaa5 || u32(file + 12) != 0x5aa55afa) return FALSE;
  if (!is_whole(file, length)) return FALSE;
  image->product = file[34] | file[35] << 8;
  take_version(image->fw, file + 20);
  take_version(image->nvdata, file + 24);
  take_name(image->vendor, file + 140);
  take_name(image->package, file + 176);
  return TRUE;
}
