/* SIMULATED. What the parts of the flasher have in common. */
#ifndef FLASHER_H
#define FLASHER_H
#include <efi.h>

/* Status of the program. */
extern EFI_STATUS answer;

void finish(void);
/* To be returned, it is FALSE: what follows is not done. */
BOOLEAN give_up(void);
/* A line from the keyboard, echoed. */
void read_line(CHAR16 *line, UINTN size);

BOOLEAN list_all(void);
BOOLEAN list_one(void);
BOOLEAN flash_firmware(CHAR16 *name);
void print_reconnected(void);

#endif
