import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { Picture } from '../../../shared/api/picture.ts';
import { draw } from '../../../shared/pictures/draw.ts';
import { svgText } from '../../../shared/pictures/svg-text.ts';
import { csvOf, pictureTable } from '../../../shared/pictures/table.ts';
import { PictureView } from '../../components/picture/picture.tsx';
import { pngOf } from '../../components/picture/png-of.ts';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { announce } from '../../stores/announce.ts';
import { errorText } from '../../stores/report-error.ts';
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
  const [told, setTold] = useState<{ saved: string } | { trouble: string } | null>(null);
  const save = async (format: Format) => {
    setTold(null);
    try {
      const { path } = await api.window.savePicture({ name: `${topicId}-${picture.id}`, content: await contentOf(picture, format) });
      if (path === null) return;
      setTold({ saved: path });
      announce(`Saved to ${path}.`);
    } catch (thrown) {
      setTold({ trouble: errorText(thrown) });
    }
  };
  return (
    <section className={page.panel} aria-labelledby={`picture-${picture.id}`}>
      <h2 id={`picture-${picture.id}`}>{picture.title}</h2>
      {stale && <p className={classes.note}>Drawn with the last values that were right.</p>}
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
            onClick={() => void save(format)}
          >
            {label}
          </Button>
        ))}
        {told && 'saved' in told && (
          <span className={classes.saved}>
            Saved to <code>{told.saved}</code>
          </span>
        )}
      </div>
      {told && 'trouble' in told && <TroubleNote text={told.trouble} />}
    </section>
  );
}

async function contentOf(picture: Picture, format: Format) {
  if (format === 'csv') return { format, text: csvOf(pictureTable(picture)) };
  const drawing = draw(picture);
  const svg = svgText(drawing, picture.title);
  return format === 'svg' ? { format, text: svg } : { format, bytes: await pngOf(svg, drawing) };
}
