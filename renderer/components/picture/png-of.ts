/** An SVG's text as a PNG, drawn by the window itself. */

/** Pixels for one of the drawing's: sharp on paper and on dense screens. */
const density = 2;

export async function pngOf(svg: string, { width, height }: { width: number; height: number }): Promise<Uint8Array> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * density);
  canvas.height = Math.ceil(height * density);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The picture could not be drawn.');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The picture could not be made into a PNG.');
  return new Uint8Array(await blob.arrayBuffer());
}
