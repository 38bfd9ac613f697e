/** A small Apple disk image (UDIF), packed with zlib, as `hdiutil` makes them. Format: field by field in big-endian. */
import { deflateSync } from 'node:zlib';

const sector = 512;
const sectorsOfBlock = 512;

/** `content` in whole sectors; zeros become a block that takes no room. */
export function makeAppleImage(content: Buffer): Buffer {
  const packed: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (let at = 0; at < content.length; at += sectorsOfBlock * sector) {
    const block = content.subarray(at, at + sectorsOfBlock * sector);
    const empty = block.every((byte) => byte === 0);
    const data = empty ? Buffer.alloc(0) : deflateSync(block);
    entries.push(blockEntry(empty ? 2 : 0x80000005, at / sector, block.length / sector, offset, data.length));
    packed.push(data);
    offset += data.length;
  }
  entries.push(blockEntry(0xffffffff, content.length / sector, 0, offset, 0));
  const table = Buffer.alloc(204);
  table.write('mish');
  table.writeUInt32BE(1, 4);
  table.writeBigUInt64BE(BigInt(content.length / sector), 16);
  table.writeUInt32BE(sectorsOfBlock + 8, 32);
  table.writeUInt32BE(entries.length, 200);
  const list = Buffer.from(propertyList(Buffer.concat([table, ...entries]).toString('base64')));
  return Buffer.concat([...packed, list, trailer(offset, list.length, content.length / sector)]);
}

function blockEntry(type: number, first: number, count: number, offset: number, length: number): Buffer {
  const entry = Buffer.alloc(40);
  entry.writeUInt32BE(type, 0);
  for (const [index, value] of [first, count, offset, length].entries()) entry.writeBigUInt64BE(BigInt(value), 8 + 8 * index);
  return entry;
}

function trailer(dataLength: number, listLength: number, sectors: number): Buffer {
  const end = Buffer.alloc(512);
  end.write('koly');
  end.writeUInt32BE(4, 4);
  end.writeUInt32BE(512, 8);
  end.writeUInt32BE(1, 12);
  end.writeBigUInt64BE(BigInt(dataLength), 32);
  end.writeUInt32BE(1, 56);
  end.writeUInt32BE(1, 60);
  end.writeBigUInt64BE(BigInt(dataLength), 216);
  end.writeBigUInt64BE(BigInt(listLength), 224);
  end.writeUInt32BE(1, 488);
  end.writeBigUInt64BE(BigInt(sectors), 492);
  return end;
}

const propertyList = (table: string) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple Computer//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>resource-fork</key>
	<dict>
		<key>blkx</key>
		<array>
			<dict>
				<key>Attributes</key>
				<string>0x0050</string>
				<key>CFName</key>
				<string>whole disk (Apple_HFS : 0)</string>
				<key>Data</key>
				<data>
				${table.replace(/.{64}/g, '$&\n\t\t\t\t')}
				</data>
				<key>ID</key>
				<string>0</string>
				<key>Name</key>
				<string>whole disk (Apple_HFS : 0)</string>
			</dict>
		</array>
	</dict>
</dict>
</plist>
`;
