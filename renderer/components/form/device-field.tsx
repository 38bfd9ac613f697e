/** The devices of this machine as cards that can't be taken for one another; those that can't be chosen say why. */
import { Button, Loader, Radio } from '@mantine/core';
import { IconDatabase, IconDeviceSdCard, IconDeviceUsb, IconFileDatabase, IconRefresh, IconServer2 } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { sizeText as deviceSize, parseDeviceValue } from '../../../shared/api/device-value.ts';
import type { MediaDevice } from '../../../shared/api/media.ts';
import type { FormField } from '../../../shared/api/topic.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { PartitionMap } from '../media/partition-map.tsx';
import { TroubleNote } from '../trouble-note.tsx';
import classes from './device-field.module.css';

interface DeviceFieldProps {
  field: FormField;
  value: string;
  error: ReactNode;
  onChange(value: string): void;
}

export function DeviceField({ field, value, error, onChange }: DeviceFieldProps) {
  const inLab = value !== '' && value === field.labDefault;
  const { devices, trouble, look } = useDevices(!inLab);
  const shown = inLab ? [labDevice(value)] : devices;
  return (
    <div>
      <Radio.Group label={field.label} description={field.help} error={error} required={!field.optional} value={value} onChange={onChange}>
        <div className={classes.cards}>
          {shown?.map((device, index) => (
            <DeviceCard key={device.value} device={device} id={index === 0 ? `field-${field.name}` : undefined} inLab={inLab} />
          ))}
          {shown === null && !trouble && <Loader size="sm" role="status" aria-label="Looking for devices" />}
          {shown?.length === 0 && <div>No device found. Plug the stick in, then refresh.</div>}
        </div>
      </Radio.Group>
      {trouble && <TroubleNote text={trouble} />}
      {!inLab && (
        <Button mt={6} size="compact-sm" variant="default" leftSection={<IconRefresh size={15} aria-hidden />} onClick={look}>
          Refresh
        </Button>
      )}
    </div>
  );
}

function useDevices(wanted: boolean) {
  const [devices, setDevices] = useState<readonly MediaDevice[] | null>(null);
  const [trouble, setTrouble] = useState('');
  const look = useCallback(() => {
    setTrouble('');
    api.media.devices({}).then(setDevices, (thrown) => setTrouble(errorText(thrown)));
  }, []);
  useEffect(() => {
    if (wanted) look();
  }, [wanted, look]);
  return { devices, trouble, look };
}

/** What the lab plays is in the value itself. */
function labDevice(value: string): MediaDevice {
  const identity = parseDeviceValue(value) ?? { path: value, vendor: '', model: '', serial: '', bytes: 0 };
  return { ...identity, bus: 'USB', removable: true, sectorBytes: 512, partitions: [], mountPoints: [], whyNot: null, value };
}

function DeviceCard({ device, id, inLab }: { device: MediaDevice; id: string | undefined; inLab: boolean }) {
  const { vendor, model, serial, bytes, path, bus, whyNot, partitions } = device;
  const liftable = whyNot?.kind === 'large';
  const Picture = pictureOf(device);
  return (
    <Radio.Card
      id={id}
      value={device.value}
      disabled={whyNot !== null && !liftable}
      className={classes.card ?? ''}
      aria-label={`${vendor} ${model}, ${deviceSize(bytes)}, ${serial ? `serial ${serial}` : 'no serial number'}, ${path}${whyNot ? `, ${whyNot.message}` : ''}`}
    >
      <div className={classes.picture}>
        <Picture size={30} stroke={1.4} aria-hidden />
        <span>{bus || 'disk'}</span>
      </div>
      <div className={classes.words}>
        <div className={classes.head}>
          <strong>{[vendor, model].filter(Boolean).join(' ') || 'A device without a name'}</strong>
          <span className={classes.size}>{deviceSize(bytes)}</span>
        </div>
        <div className={classes.numbers}>
          <span>{serial ? `serial ${serial}` : 'no serial number'}</span>
          <span>{path}</span>
          {inLab && <span>simulated, in the lab</span>}
        </div>
        {partitions.length > 0 && (
          <PartitionMap
            label="Current content"
            bytes={bytes}
            parts={partitions.map((part) => ({ name: part.label || part.name.replace('/dev/', ''), content: part.content || 'unknown', bytes: part.bytes }))}
          />
        )}
        {whyNot && (
          <div className={liftable ? classes.large : classes.why}>
            {liftable ? '' : 'Cannot be chosen. '}
            {whyNot.message} <span className={classes.next}>{whyNot.next}</span>
          </div>
        )}
      </div>
      <Radio.Indicator />
    </Radio.Card>
  );
}

function pictureOf({ bus, removable }: MediaDevice) {
  if (bus === 'USB') return IconDeviceUsb;
  if (bus === 'SD card') return IconDeviceSdCard;
  if (bus === 'loop device') return IconFileDatabase;
  return removable ? IconDatabase : IconServer2;
}
