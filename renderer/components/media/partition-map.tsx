/** A disk as a bar: what lies where, and how much of it. Small parts are drawn wide enough to be seen. */
import { sizeText as deviceSize } from '../../../shared/api/device-value.ts';
import classes from './partition-map.module.css';

export interface MapPart {
  name: string;
  content: string;
  bytes: number;
}
interface PartitionMapProps {
  label: string;
  /** Of the whole disk; what no part takes is free. */
  bytes: number;
  parts: readonly MapPart[];
}

export function PartitionMap({ label, bytes, parts }: PartitionMapProps) {
  const free = bytes - parts.reduce((sum, part) => sum + part.bytes, 0);
  // Nothing is said of alignment gaps.
  const all = free > bytes / 50 ? [...parts, { name: '', content: 'free', bytes: free }] : parts;
  return (
    <figure className={classes.figure} aria-label={label}>
      <figcaption>{label}</figcaption>
      <ol className={classes.bar}>
        {all.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other order than their place
          <li key={index} className={classes[kindOf(part)]} style={{ flexGrow: Math.max(part.bytes / bytes, 0.06) }}>
            <strong>{part.name || part.content}</strong>
            <span>
              {part.name && `${part.content} · `}
              {deviceSize(part.bytes)}
            </span>
          </li>
        ))}
      </ol>
    </figure>
  );
}

const kindOf = ({ content }: MapPart) => (content === 'free' ? 'free' : content.startsWith('table') ? 'table' : 'part');
