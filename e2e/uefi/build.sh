#!/bin/sh
# Builds the simulated flasher for x86-64: build.sh GNU-EFI-FILES OUT. GNU-EFI-FILES is where the package gnu-efi was unpacked; OUT
# gets sas2flash-05.efi and sas2flash-20.efi. Needs gcc, ld and objcopy.
set -eu
gnuefi=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
for generation in 05 20; do
  objects=
  for unit in card firmware-image listing talk sas2flash; do
    object=$out/$unit-$generation.o
    gcc -I"$gnuefi/usr/include/efi" -I"$gnuefi/usr/include/efi/x86_64" -DGNU_EFI_USE_MS_ABI -DEFI_FUNCTION_WRAPPER -DGENERATION="${generation#0}" \
      -fpic -ffreestanding -fno-stack-protector -fno-stack-check -fshort-wchar -mno-red-zone -maccumulate-outgoing-args -fcf-protection=none \
      -O2 -Wall -Wextra -Wno-pointer-sign -Wno-unused-parameter -c "$here/$unit.c" -o "$object"
    objects="$objects $object"
  done
  # shellcheck disable=SC2086 # several words
  ld -nostdlib -znocombreloc -shared -Bsymbolic -T "$gnuefi/usr/lib/elf_x86_64_efi.lds" "$gnuefi/usr/lib/crt0-efi-x86_64.o" $objects \
    -L"$gnuefi/usr/lib" -lefi -lgnuefi -o "$out/sas2flash-$generation.so"
  objcopy -j .text -j .sdata -j .data -j .dynamic -j .dynsym -j .rel -j .rela -j '.rel.*' -j '.rela.*' -j .reloc -j .rodata \
    --target=efi-app-x86_64 --subsystem=10 "$out/sas2flash-$generation.so" "$out/sas2flash-$generation.efi"
done
