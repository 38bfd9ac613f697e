/* SIMULATED. Keeps the card in a variable of the firmware, which survives a restart and a power cut as the real one's flash does. */
#include "card.h"

struct card card;

static EFI_GUID owner = {0x9d2f1a6b, 0x53c7, 0x4e0a, {0x8b, 0x1d, 0x6f, 0x20, 0x4c, 0x91, 0x7e, 0x35}};
static CHAR16 kept_name[] = L"WrenchbookLabCard";
/* Gone with each restart: that is how one is noticed. */
static CHAR16 awake_name[] = L"WrenchbookLabAwake";

static const struct { const char *name; CHAR8 *value; UINTN size; } fields[] = {
#define FIELD(name) {#name, card.name, sizeof card.name}
  FIELD(present), FIELD(chip), FIELD(image), FIELD(fw), FIELD(nvdata), FIELD(product), FIELD(vendor), FIELD(nvproduct),
  FIELD(bios), FIELD(board), FIELD(subsystem), FIELD(sas), FIELD(driver), FIELD(played), FIELD(failure),
#undef FIELD
};
static const UINTN field_count = sizeof fields / sizeof *fields;
static CHAR8 text[2048];

BOOLEAN is(const CHAR8 *value, const char *wanted) {
  while (*value && *value == (CHAR8)*wanted) value++, wanted++;
  return *value == (CHAR8)*wanted;
}

void set(CHAR8 *field, UINTN size, const CHAR8 *from, UINTN length) {
  if (length >= size) length = size - 1;
  CopyMem(field, (void *)from, length);
  field[length] = 0;
}

static void take_line(const CHAR8 *line, UINTN length) {
  for (UINTN at = 0; at < field_count; at++) {
    UINTN name = strlena((CHAR8 *)fields[at].name);
    if (length <= name || line[name] != '=' || strncmpa((CHAR8 *)line, (CHAR8 *)fields[at].name, name)) continue;
    set(fields[at].value, fields[at].size, line + name + 1, length - name - 1);
  }
}
static void take_text(UINTN length) {
  UINTN from = 0;
  for (UINTN at = 0; at <= length; at++) {
    if (at < length && text[at] != '\n' && text[at] != '\r') continue;
    if (at > from) take_line(text + from, at - from);
    from = at + 1;
  }
}

/* How many bytes it has; 0 where it is not there. */
static UINTN read_file(EFI_HANDLE volume, CHAR16 *name) {
  EFI_FILE_IO_INTERFACE *files;
  EFI_FILE_HANDLE root, file;
  UINTN length = sizeof text;
  if (EFI_ERROR(BS->HandleProtocol(volume, &FileSystemProtocol, (void **)&files)) || EFI_ERROR(files->OpenVolume(files, &root))) return 0;
  if (EFI_ERROR(root->Open(root, &file, name, EFI_FILE_MODE_READ, 0))) length = 0;
  else {
    if (EFI_ERROR(file->Read(file, &length, text))) length = 0;
    file->Close(file);
  }
  root->Close(root);
  return length;
}

static void restart_card(void) {
  if (is(card.chip, "erased") || is(card.chip, "hostboot")) SET(chip, "fault");
  else if (is(card.chip, "unreset")) SET(chip, "ok");
  if (is(card.chip, "ok") && is(card.image, "lsi")) SET(driver, "ok");
}

void load_card(EFI_HANDLE volume) {
  UINTN length = sizeof text;
  if (!EFI_ERROR(RT->GetVariable(kept_name, &owner, NULL, &length, text))) take_text(length);
  else {
    take_text(read_file(volume, L"\\LAB\\CARD.TXT"));
    length = read_file(volume, L"\\LAB\\FAILURE.TXT");
    while (length > 0 && text[length - 1] <= ' ') length--;
    set(card.failure, sizeof card.failure, text, length);
  }
  UINT8 awake = 1;
  length = sizeof awake;
  if (!EFI_ERROR(RT->GetVariable(awake_name, &owner, NULL, &length, &awake))) return;
  RT->SetVariable(awake_name, &owner, EFI_VARIABLE_BOOTSERVICE_ACCESS, sizeof awake, &awake);
  restart_card();
  save_card();
}

EFI_STATUS save_card(void) {
  UINTN length = 0;
  for (UINTN at = 0; at < field_count; at++) {
    UINTN name = strlena((CHAR8 *)fields[at].name), value = strlena(fields[at].value);
    if (length + name + value + 2 > sizeof text) return EFI_BUFFER_TOO_SMALL;
    CopyMem(text + length, (void *)fields[at].name, name);
    text[length + name] = '=';
    CopyMem(text + length + name + 1, fields[at].value, value);
    text[length + name + 1 + value] = '\n';
    length += name + value + 2;
  }
  return RT->SetVariable(kept_name, &owner, EFI_VARIABLE_NON_VOLATILE | EFI_VARIABLE_BOOTSERVICE_ACCESS | EFI_VARIABLE_RUNTIME_ACCESS, length, text);
}

BOOLEAN plays(const char *failure) {
  if (!is(card.failure, failure) || is(card.played, failure)) return FALSE;
  set(card.played, sizeof card.played, (const CHAR8 *)failure, strlena((CHAR8 *)failure));
  return TRUE;
}

void pause_a_little(void) { BS->Stall(300000); }
