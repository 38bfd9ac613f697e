/*
 * SIMULATED sas2flash.efi: talks to no hardware. LSI's flasher for the UEFI shell, with the state machine and the texts of the
 * lab's tool (assets/lab/perc-h200-crossflash/sas2flash). Built in two generations: 5 asks before it writes over foreign NVDATA, 20 refuses.
 */
#include <efi.h>
#include <efilib.h>
#include <efishell.h>

#include "card.h"
#include "firmware-image.h"
#include "flasher.h"

#if GENERATION == 5
#define VERSION L"05.00.00.00 (2010.02.09)"
#define YEARS L"2008-2010"
#else
#define VERSION L"20.00.00.00 (2014.09.18)"
#define YEARS L"2008-2014"
#endif

static EFI_GUID shell_guid = EFI_SHELL_PROTOCOL_GUID;
static EFI_SHELL_PROTOCOL *shell;
static BOOLEAN advanced;
static UINT8 file[256 * 1024];

/* A file of the shell's current directory, in `file`. */
static BOOLEAN open_file(CHAR16 *name, UINTN *size) {
  SHELL_FILE_HANDLE handle;
  *size = sizeof file;
  if (!shell || EFI_ERROR(shell->OpenFileByName(name, &handle, EFI_FILE_MODE_READ))) {
    Print(L"\t\tERROR: Failed to Open File %s\n", name);
    return give_up();
  }
  if (EFI_ERROR(shell->ReadFile(handle, size, file))) *size = 0;
  shell->CloseFile(handle);
  return TRUE;
}

/* A card whose chip stopped has to be lent a firmware before it can take one. */
static BOOLEAN host_boot(void) {
  if (is(card.chip, "fault") || is(card.chip, "dead")) Print(L"\tChip is in FAULT state. Attempting Host Boot...\n");
  else if (is(card.chip, "hostboot")) Print(L"\tChip is in RESET state. Attempting Host Boot...\n");
  else return TRUE;
  pause_a_little();
  if (is(card.chip, "hostboot")) {
    Print(L"\tFirmware Host Boot Successful.\n");
    return TRUE;
  }
  Print(L"\tERROR: Firmware Host Boot Failed !\n");
  if (is(card.chip, "dead")) Print(L"\tFirmware fault occurred. Fault code: 0A\n");
  return give_up();
}

static BOOLEAN erase(CHAR16 *level) {
  if (!advanced) return give_up();
  Print(L"\tExecuting Operation: Erase Flash\n\n");
  if (!host_boot()) return FALSE;
  if (StrCmp(level, L"5") == 0) {
    Print(L"\tErasing Boot Services Region...\n");
    pause_a_little();
    SET(bios, "none");
    Print(L"\n\tErase Flash Operation Successful!\n");
    return TRUE;
  }
  if (StrCmp(level, L"6") != 0 && StrCmp(level, L"7") != 0) return give_up();
  Print(L"\tErasing Flash Region...\n");
  pause_a_little();
  Print(L"\n\tERROR: Erase Flash Operation Failed!\n");
  if (!plays("it-over-ir")) {
    SET(chip, "erased");
    SET(image, "none");
    SET(bios, "none");
    SET(driver, "stuck");
    if (StrCmp(level, L"7") == 0) SET(sas, "0000000000000000");
  }
  if (plays("reboot-after-erase")) {
    finish();
    RT->ResetSystem(EfiResetCold, EFI_SUCCESS, 0, NULL);
  }
  return TRUE;
}

static BOOLEAN refuse_file(void) {
  Print(L"\t\tFirmware Image Validation Failed!\n");
  return give_up();
}

/* Foreign NVDATA: an empty card takes Dell's only, the P05 tool asks, later ones refuse. */
static BOOLEAN check_nvdata(const char *wanted) {
  if (is(card.image, wanted)) return TRUE;
  if (is(card.image, "none")) {
    if (wanted[0] == 'd') return TRUE;
    Print(L"\t\tWriting Current Mfg Page 2 Settings to NVRAM.\n\t\tFailed to Validate Mfg Page 2!\n");
    return give_up();
  }
#if GENERATION == 5
  CHAR16 said[8];
  Print(L"\t\tNVDATA Product ID and Vendor ID do not match. Would you like to flash anyway [y/n]? ");
  read_line(said, 8);
  return StriCmp(said, L"y") == 0 ? TRUE : give_up();
#else
  Print(L"\t\tERROR: Product ID and Vendor ID match FAILED.\n");
  return give_up();
#endif
}

#define VERSION_FIELD(field, format, v) \
  do { \
    CHAR16 wide[16]; \
    SPrint(wide, sizeof wide, format, (v)[0], (v)[1], (v)[2], (v)[3]); \
    for (UINTN at = 0; at < sizeof card.field; at++) if (!(card.field[at] = (CHAR8)wide[at])) break; \
  } while (0)

BOOLEAN flash_firmware(CHAR16 *name) {
  struct firmware_image image;
  UINTN size;
  Print(L"\tExecuting Operation: Flash Firmware Image\n\n");
  if (!open_file(name, &size)) return FALSE;
  if (!read_image(file, size, &image)) return refuse_file();
  BOOLEAN dell = (image.vendor[0] | 32) == 'd' || StriCmp(name, L"6GBPSAS.FW") == 0;
  const char *kind = dell ? "dell" : "lsi";
  if ((image.product & 0xf0ff) != 0x2013) {
    Print(L"\t\tERROR: NVDATA Image does not match Controller Device ID!\n\t\tDevice ID - NVDATA:0x70 Controller:0x72\n");
    return give_up();
  }
  Print(L"\t\tFirmware Image has a Valid Checksum. \n\t\tFirmware Version %02d.%02d.%02d.%02d\n", image.fw[0], image.fw[1], image.fw[2], image.fw[3]);
  Print(L"\t\tFirmware Image compatible with Controller. \n\n\t\tValid NVDATA Image found. \n");
  Print(L"\t\tNVDATA Version %02x.%02x.%02x.%02x \n", image.nvdata[0], image.nvdata[1], image.nvdata[2], image.nvdata[3]);
  Print(L"\t\tChecking for a compatible NVData image... \n\n\t\tNVDATA Device ID and Chip Revision match verified.\n");
  if (is(card.image, "ir") && image.product == 0x2213) {
    Print(L"\t\tERROR: Cannot Flash IT Firmware over IR Firmware!\n");
    return give_up();
  }
  Print(L"\t\tNVDATA Versions Compatible.\n");
  if (!check_nvdata(kind)) return FALSE;
  Print(L"\t\tValid Initialization Image verified.\n\t\tValid BootLoader Image verified.\n\n");
  if (!host_boot()) return FALSE;

  Print(L"\t\tBeginning Firmware Download...\n");
  pause_a_little();
  if (dell && plays("power-cut-step-8")) {
    SET(chip, "dead");
    SET(image, "none");
    save_card();
    RT->ResetSystem(EfiResetShutdown, EFI_SUCCESS, 0, NULL);
  }
  Print(L"\t\tFirmware Download Successful.\n\n\t\tVerifying Download...\n\n\t\tFirmware Flash Successful.\n\n\t\tResetting Adapter...\n");
  pause_a_little();
  BOOLEAN foreign = !is(card.image, "lsi");
  if (dell) SET(image, "dell");
  else SET(image, "lsi");
  image.nvdata[3] = 8; /* the list shows the number of the configuration in the last place */
  VERSION_FIELD(fw, L"%02d.%02d.%02d.%02d", image.fw);
  VERSION_FIELD(nvdata, L"%02x.%02x.%02x.%02x", image.nvdata);
  CHAR16 product[8];
  SPrint(product, sizeof product, L"0x%04x", image.product);
  for (UINTN at = 0; at < sizeof card.product; at++) if (!(card.product[at] = (CHAR8)product[at])) break;
  if (dell) SET(vendor, "Dell");
  else SET(vendor, "LSI");
  if (dell) SET(nvproduct, "6Gbps SAS HBA");
  else SET(nvproduct, "SAS9211-8i");
  if (dell) {
    SET(board, "Dell 6Gbps SAS HBA");
    SET(subsystem, "1028:1f1c");
    if (plays("sas-address-lost")) SET(sas, "0000000000000000");
  }
  if (GENERATION == 5 && !dell && foreign) {
    SET(chip, "unreset");
    Print(L"\t\tAdapter Reset Failed!\n");
  } else {
    SET(chip, "ok");
    Print(L"\t\tAdapter Successfully Reset.\n");
  }
  return TRUE;
}

static BOOLEAN flash_rom(CHAR16 *name) {
  UINTN size;
  Print(L"\tExecuting Operation: Flash BIOS Image\n\n\t\tValidating BIOS Image...\n\n");
  if (!open_file(name, &size)) return FALSE;
  if (size < 2 || file[0] != 0x55 || file[1] != 0xaa) return refuse_file();
  Print(L"\t\tBIOS Header Signature is Valid\n\n\t\tBIOS Image has a Valid Checksum.\n\n\t\tBIOS PCI Structure Signature Valid.\n\n");
  Print(L"\t\tBIOS Image Compatible with the SAS Controller.\n\n\t\tAttempting to Flash BIOS Image...\n\n\t\tVerifying Download...\n\n");
  pause_a_little();
  SET(bios, "07.39.02.00");
  Print(L"\t\tFlash BIOS Image Successful.\n\n\t\tUpdated BIOS Version in BIOS Page 3.\n");
  return TRUE;
}

static BOOLEAN program_address(CHAR16 *digits) {
  CHAR8 address[17];
  UINTN length = 0;
  for (; digits[length] && length < 17; length++) {
    CHAR16 digit = digits[length] | (digits[length] >= L'A' ? 32 : 0);
    if (!((digit >= L'0' && digit <= L'9') || (digit >= L'a' && digit <= L'f'))) break;
    if (length < 16) address[length] = (CHAR8)digit;
  }
  if (length != 16 || digits[16]) {
    Print(L"\tSAS Address must be 16 numbers (0-F)\n");
    return give_up();
  }
  if (!advanced) return give_up();
  if (!host_boot()) return FALSE;
  set(card.sas, sizeof card.sas, address, 16);
  Print(L"\tSAS Address Successfully Programmed!\n");
  return TRUE;
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *system) {
  EFI_LOADED_IMAGE *loaded;
  CHAR16 **words, *levels = NULL, *firmware = NULL, *rom = NULL, *address = NULL, *command = NULL;
  enum { none, all, one, unknown } list = none;
  InitializeLib(image, system);
  BS->HandleProtocol(image, &LoadedImageProtocol, (void **)&loaded);
  if (EFI_ERROR(BS->LocateProtocol(&shell_guid, NULL, (void **)&shell))) shell = NULL;
  INTN count = GetShellArgcArgv(image, &words);
  load_card(loaded->DeviceHandle);

  if (is(card.failure, "wrong-shell")) { /* not once: for as long as this shell is on the stick */
    Print(L"InitShellApp: Application not started from Shell\n");
    return EFI_UNSUPPORTED;
  }
  for (INTN at = 1; at < count; at++) {
    CHAR16 *word = words[at], *value = at + 1 < count ? words[at + 1] : L"";
    if (StrCmp(word, L"-o") == 0) advanced = TRUE;
    else if (StrCmp(word, L"-c") == 0) at++;
    else if (StrCmp(word, L"-listall") == 0) list = all, command = word;
    else if (StrCmp(word, L"-list") == 0) list = one, command = word;
    else if (StrCmp(word, L"-e") == 0) levels = value, command = word, at++;
    else if (StrCmp(word, L"-f") == 0) firmware = value, command = word, at++;
    else if (StrCmp(word, L"-b") == 0) rom = value, command = word, at++;
    else if (StrCmp(word, L"-sasadd") == 0) address = value, command = word, at++;
    else list = unknown, command = word;
  }

  Print(L"LSI Corporation SAS2 Flash Utility\nVersion " VERSION L" \nCopyright (c) " YEARS L" LSI Corporation. All rights reserved \n\n");
  Print(L"SAS2FLASH: Disconnecting the EFI Driver.\n");
  if (advanced) Print(L"\tAdvanced Mode Set\n\n");
  if (!is(card.present, "yes")) {
    Print(L"\tNo LSI SAS adapters found! Limited Command Set Available!\n\tERROR: Command Not allowed without an adapter!\n");
    Print(L"\tERROR: Couldn't Create Command %s\n\tExiting Program.\n", command ? command : L"");
    print_reconnected();
    return EFI_NOT_FOUND;
  }
  BOOLEAN well = TRUE;
  if (list == all) well = list_all();
  else if (list == one) well = list_one();
  else if (list == unknown || !command) well = give_up();
  else {
    Print(L"\tAdapter Selected is a LSI SAS: SAS2008(B2)   \n\n");
    if (levels) well = erase(levels);
    if (well && firmware) well = flash_firmware(firmware);
    if (well && rom) well = flash_rom(rom);
    if (well && address) well = program_address(address);
  }
  if (well) finish();
  return answer;
}
