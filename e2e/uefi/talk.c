/* SIMULATED. How the flasher ends, and how it is answered. */
#include "card.h"
#include "flasher.h"

EFI_STATUS answer = EFI_SUCCESS;

void print_reconnected(void) {
  if (is(card.driver, "stuck")) Print(L"Failed Reconnecting the EFI Driver. (EFI Error: Not Found)\n");
}
void finish(void) {
  save_card();
  Print(L"\n\tFinished Processing Commands Successfully.\n\tExiting SAS2Flash.\n");
  print_reconnected();
}
BOOLEAN give_up(void) {
  save_card();
  Print(L"\n\tDue to error remaining commands will not be executed.\n\tUnable to Process Commands.\n\tExiting SAS2Flash.\n");
  print_reconnected();
  answer = EFI_ABORTED;
  return FALSE;
}

void read_line(CHAR16 *line, UINTN size) {
  UINTN length = 0, index;
  EFI_INPUT_KEY key;
  for (;;) {
    BS->WaitForEvent(1, &ST->ConIn->WaitForKey, &index);
    if (EFI_ERROR(ST->ConIn->ReadKeyStroke(ST->ConIn, &key))) continue;
    if (key.UnicodeChar == L'\r' || key.UnicodeChar == L'\n') break;
    if (key.UnicodeChar == L'\b' && length > 0) {
      length--;
      Print(L"\b \b");
    } else if (key.UnicodeChar >= L' ' && length + 1 < size) {
      line[length++] = key.UnicodeChar;
      Print(L"%c", key.UnicodeChar);
    }
  }
  line[length] = 0;
  Print(L"\n");
}
