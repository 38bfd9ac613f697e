/* SIMULATED. The controller of a (virtual) server: the same state and names as the lab's, in assets/lab/perc-h200-crossflash/lab-state. */
#ifndef CARD_H
#define CARD_H
#include <efi.h>
#include <efilib.h>

/* Every value is text that ends with a zero byte. */
struct card {
  CHAR8 present[8], chip[16], image[8], fw[16], nvdata[16], product[8], vendor[40], nvproduct[40];
  CHAR8 bios[16], board[40], subsystem[16], sas[24], driver[8], played[128];
  /* The named failure that is played; empty for none. */
  CHAR8 failure[40];
};
extern struct card card;

/* Reads the card from the firmware's variable; the first time from LAB\CARD.TXT and LAB\FAILURE.TXT beside the program's root.
   Does what a restart does to a card when this is the first call since one. */
void load_card(EFI_HANDLE volume);
EFI_STATUS save_card(void);

BOOLEAN is(const CHAR8 *value, const char *text);
void set(CHAR8 *field, UINTN size, const CHAR8 *text, UINTN length);
#define SET(field, text) set(card.field, sizeof card.field, (const CHAR8 *)(text), sizeof(text) - 1)
/* True once for each named failure, when it is the one that is played. */
BOOLEAN plays(const char *failure);
/* A wait for realism. */
void pause_a_little(void);

#endif
