/* SIMULATED. The two lists of the flasher. */
#include "card.h"
#include "flasher.h"

static BOOLEAN needs_firmware(void) { return is(card.chip, "fault") || is(card.chip, "dead") || is(card.chip, "hostboot"); }

/* Left-aligned, which gnu-efi's Print can't do. */
static void column(const char *text, UINTN width) {
  Print(L"%a", text);
  for (UINTN length = strlena((CHAR8 *)text); length < width; length++) Print(L" ");
}

BOOLEAN list_all(void) {
  Print(L"\tAdapter Selected is a LSI SAS: SAS2008(B2)   \n\n");
  if (needs_firmware()) {
    Print(L"\tController not Operational, Update Firmware!\n");
    return give_up();
  }
  if (is(card.chip, "unreset")) Print(L"\tERROR: Failed to upload image !\n");
  BOOLEAN none = is(card.image, "none") || is(card.chip, "unreset");
  const char *no_image = "  No Image  ";
  Print(L"Num   Ctlr            FW Ver        NVDATA        x86-BIOS         PCI Addr\n");
  Print(L"----------------------------------------------------------------------------\n\n");
  Print(L"0  ");
  column("SAS2008(B2)", 16);
  column(none ? no_image : (const char *)card.fw, 15);
  column(none ? no_image : (const char *)card.nvdata, 15);
  column(is(card.bios, "none") ? no_image : (const char *)card.bios, 16);
  Print(L"00:01:00:00\n");
  return TRUE;
}

static void row(const char *label, const CHAR8 *value) {
  Print(L"\t");
  column(label, 31);
  Print(L": %a\n", value);
}

/* The card's address as the tool prints it: 7-1-4-4 digits. */
static const CHAR8 *dashed_address(void) {
  static CHAR8 dashed[20];
  for (UINTN at = 0, to = 0; at < 16; at++) {
    if (at == 7 || at == 8 || at == 12) dashed[to++] = '-';
    dashed[to++] = card.sas[at];
  }
  return dashed;
}

BOOLEAN list_one(void) {
  Print(L"\tAdapter Selected is a LSI SAS: SAS2008(B2)   \n\n");
  if (needs_firmware()) {
    Print(L"\tController is not operational. A firmware download is required.\n");
#if GENERATION == 5
    return give_up();
#else
    CHAR16 name[64];
    Print(L"\tEnter firmware file name or quit to exit: ");
    read_line(name, 64);
    return StriCmp(name, L"quit") == 0 ? give_up() : flash_firmware(name);
#endif
  }
  const CHAR8 *undetermined = (CHAR8 *)"Undetermined", *absent = (CHAR8 *)"N/A";
  const CHAR8 *fw = card.fw, *nvdata = card.nvdata, *sas = dashed_address(), *vendor = card.vendor, *nvproduct = card.nvproduct;
  const CHAR8 *bios = is(card.bios, "none") ? absent : card.bios;
  CHAR8 product[16];
  UINTN length = strlena(card.product);
  CopyMem(product, card.product, length);
  CopyMem(product + length, card.product[3] == '7' ? " (IR)" : " (IT)", 6);
  const CHAR8 *shown_product = product;
  if (is(card.chip, "unreset")) {
    Print(L"\tERROR: Failed to upload image !\n\tERROR: Failed to upload image !\n\n");
    fw = nvdata = sas = vendor = nvproduct = bios = shown_product = undetermined;
  } else if (is(card.image, "none")) {
    fw = (CHAR8 *)"No Image";
    nvdata = vendor = nvproduct = shown_product = absent;
  }
  row("Controller Number", (CHAR8 *)"0");
  row("Controller", (CHAR8 *)"SAS2008(B2)");
  row("PCI Address", (CHAR8 *)"00:01:00:00");
  row("SAS Address", sas);
  row("NVDATA Version (Default)", nvdata);
  row("NVDATA Version (Persistent)", nvdata);
  row("Firmware Product ID", shown_product);
  row("Firmware Version", fw);
  row("NVDATA Vendor", vendor);
  row("NVDATA Product ID", nvproduct);
  row("BIOS Version", bios);
  row("UEFI BSD Version", absent);
  row("FCODE Version", absent);
  row("Board Name", card.board);
  row("Board Assembly", absent);
  row("Board Tracer Number", absent);
  return TRUE;
}
