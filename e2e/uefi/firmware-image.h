/* SIMULATED. What the flasher reads of an MPI 2.0 firmware image; layout in shared/topics/perc-h200-crossflash/firmware-image.ts. */
#ifndef FIRMWARE_IMAGE_H
#define FIRMWARE_IMAGE_H
#include <efi.h>

struct firmware_image {
  UINT16 product;
  UINT8 fw[4], nvdata[4];
  CHAR8 vendor[33], package[33];
};

/* False for anything that is not a whole image with right checksums. */
BOOLEAN read_image(const UINT8 *file, UINTN size, struct firmware_image *image);

#endif
