/** A (virtual) server with a card that is to be crossflashed, the stick that is carried to it, and the admin in front of it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lab } from '../../../shared/topics/perc-h200-crossflash/lab.ts';
import { FifoCarrier } from '../consoles/carriers/fifo-carrier.ts';
import { copyFromStick, copyToStick, firmwareShell, makeStick, UefiServer } from './uefi-server.test-kit.ts';

export class CrossflashServer {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'wb-server-'));
  /** The stick as an image, once it was carried there. */
  readonly image = path.join(this.folder, 'stick.img');
  /** Where the stick is mounted on the workstation. */
  readonly mounted = path.join(this.folder, 'mounted');
  readonly server: UefiServer;
  /** Why the stick has a shell that only looks like one, so that the firmware starts its own; null where it has a real one. */
  readonly whyNoShell: string | null = null;
  /** For the form: files as an admin would have them, with flashers that run. */
  readonly parameters: Record<string, string | boolean>;

  /** `flashers`: folder that `buildFlashers` filled. Another disk stands before the stick. */
  constructor(flashers: string) {
    const { folder } = this;
    mkdirSync(this.mounted);
    for (const { path: name, content } of lab.files(null)) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    const shell = firmwareShell();
    if (typeof shell === 'string') this.whyNoShell = shell;
    else writeFileSync(path.join(folder, 'downloads/EFI/BOOT/BOOTX64.EFI'), shell);
    const own = path.join(folder, 'own');
    mkdirSync(own);
    writeFileSync(path.join(own, 'WRENCHBOOK.TXT'), 'of something else\r\n');
    makeStick(path.join(folder, 'own.img'), own);
    this.server = new UefiServer(path.join(folder, 'server'), [
      ...['-drive', `if=none,id=own,format=raw,file=${folder}/own.img`, '-device', 'virtio-blk-pci,drive=own'],
      ...['-drive', `if=none,id=stick,format=raw,file=${this.image}`, '-device', 'qemu-xhci', '-device', 'usb-storage,drive=stick,removable=on'],
    ]);
    const download = (name: string) => path.join(folder, 'downloads', name);
    this.parameters = {
      stickFolder: this.mounted,
      uefiShell: download('EFI/BOOT/BOOTX64.EFI'),
      p07Flasher: path.join(flashers, 'sas2flash-05.efi'),
      dellImage: download('P07/6GBPSAS.FW'),
      p07Image: download('P07/2118it.bin'),
      finalFlasher: path.join(flashers, 'sas2flash-20.efi'),
      finalImage: download('P20/2118it.bin'),
      leaveOutBootRom: false,
      bootRom: download('P20/mptsas2.rom'),
    };
  }

  /** What hands do: the stick is taken out here and put in there, and the server switched on. `failure`: what the card plays. */
  carryStick(failure = ''): void {
    makeStick(this.image, this.mounted);
    copyToStick(this.image, this.putCard(this.folder, failure));
    this.server.switchOn();
  }
  /** What the simulated flasher knows the card from, in a folder of what becomes the stick. */
  putCard(place: string, failure = ''): string {
    const card = path.join(place, 'LAB');
    mkdirSync(card, { recursive: true });
    writeFileSync(path.join(card, 'CARD.TXT'), readFileSync(path.join(this.folder, 'controller.state')));
    writeFileSync(path.join(card, 'FAILURE.TXT'), failure);
    return card;
  }
  /** The server is off; its stick is mounted here. */
  bringStick(): void {
    rmSync(this.mounted, { recursive: true });
    mkdirSync(this.mounted);
    copyFromStick(this.image, this.mounted);
  }

  async remove(): Promise<void> {
    await this.server.cutPower();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Reads the screen of the server and presses keys, as the screen says. */
export class AdminAtScreen {
  /** All it has shown, without cursor movements. */
  seen = '';
  private readTo = 0;
  private readonly console: FifoCarrier;
  private changed: () => void = () => {};

  static async at(server: UefiServer): Promise<AdminAtScreen> {
    return new AdminAtScreen(await FifoCarrier.open(server.place, 30_000));
  }
  private constructor(console: FifoCarrier) {
    this.console = console;
    let begun = ''; // a cursor movement that came in two parts
    console.onData((bytes) => {
      const came = begun + bytes.toString('latin1');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the screen's own
      begun = /\u001b(\[[0-9;=?]*)?$/.exec(came)?.[0] ?? '';
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the screen's own
      this.seen += came.slice(0, came.length - begun.length).replace(/\u001b\[[0-9;=?]*[A-Za-z]/g, '');
      this.changed();
    });
  }

  /**
   * Presses on at each pause and answers y, until the screen shows this behind what was seen of it already. Resolves with what it
   * has shown meanwhile.
   */
  async goOn(until: RegExp, limitMs = 100_000): Promise<string> {
    const begun = this.readTo;
    const deadline = performance.now() + limitMs;
    for (;;) {
      const words = this.seen.slice(this.readTo);
      const shown = until.exec(words);
      if (shown) {
        this.readTo += shown.index + shown[0].length;
        return this.seen.slice(begun, this.readTo);
      }
      const asked = /any other key to continue:?|flash anyway \[y\/n\]\? /i.exec(words);
      if (asked) {
        this.readTo += asked.index + asked[0].length;
        this.console.write(Buffer.from(asked[0].includes('y/n') ? 'y\r' : ' '));
        continue;
      }
      if (performance.now() > deadline) throw new Error(`The screen did not show ${until}: ${this.seen.slice(-2000)}`);
      await this.next();
    }
  }

  /** Types a line, each character once the one before is on the screen. */
  async type(line: string): Promise<void> {
    for (const character of line) {
      const before = this.seen.length;
      this.console.write(Buffer.from(character));
      while (!this.seen.slice(before).includes(character)) await this.next();
    }
    this.console.write(Buffer.from('\r'));
  }

  /** The next that comes, or a second. */
  private next(): Promise<void> {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, 1000);
      this.changed = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }

  leave(): Promise<void> {
    return this.console.close();
  }
}
