import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Picture } from '../../../shared/api/picture.ts';
import { draw } from '../../../shared/pictures/draw.ts';
import { svgText } from '../../../shared/pictures/svg-text.ts';
import { csvOf, pictureTable } from '../../../shared/pictures/table.ts';
import { PictureView } from '../../components/picture/picture.tsx';
import { pngOf } from '../../components/picture/png-of.ts';
import { SavedTo, SaveTrouble, useSaving } from '../../components/saving.tsx';
import { api } from '../../window-api.ts';
import page from '../page.module.css';
import classes from './calculator.module.css';

type Format = 'svg' | 'png' | 'csv';
const formats: readonly { format: Format; label: string }[] = [
  { format: 'svg', label: 'Save as SVG' },
  { format: 'png', label: 'Save as PNG' },
  { format: 'csv', label: 'Save as CSV' },
];

interface SavedPictureProps {
  topicId: string;
  picture: Picture;
  /** It is of values before. */
  stale: boolean;
}

/** A picture, and the buttons that save it. What is saved is for paper and pages: always on white. */
export function SavedPicture({ topicId, picture, stale }: SavedPictureProps) {
  const { told, save } = useSaving();
  const saveAs = (format: Format) => save(async () => api.window.savePicture({ name: `${topicId}-${picture.id}`, content: await contentOf(picture, format) }));
  return (
    <section className={page.panel} aria-label={`Drawing: ${picture.title}`}>
      <h2>{picture.title}</h2>
      {stale && <p className={classes.note}>Drawn with the last valid values.</p>}
      <PictureView picture={picture} />
      <div className={classes.save}>
        {formats.map(({ format, label }) => (
          <Button
            key={format}
            variant="default"
            size="xs"
            disabled={stale}
            leftSection={<IconDownload size={15} aria-hidden />}
            aria-label={`${label}: ${picture.title}`}
            onClick={() => void saveAs(format)}
          >
            {label}
          </Button>
        ))}
        <SavedTo told={told} />
      </div>
      <SaveTrouble told={told} />
    </section>
  );
}

async function contentOf(picture: Picture, format: Format) {
  if (format === 'csv') return { format, text: csvOf(pictureTable(picture)) };
  const drawing = draw(picture);
  const svg = svgText(drawing, picture.title);
  return format === 'svg' ? { format, text: svg } : { format, bytes: await pngOf(svg, drawing) };
}
