import { expect, it } from 'vitest';
import { drawingInterval, FloodMeter } from './flood-meter.ts';

it('calls a quarter of a megabyte in a quarter of a second a flood, and stays so until it is calm', () => {
  const meter = new FloodMeter();
  meter.note(200 * 1024, 0);
  expect(meter.isFlooded(0)).toBe(false);
  meter.note(100 * 1024, 100);
  expect(meter.isFlooded(100)).toBe(true);
  expect(meter.isFlooded(300)).toBe(true);
  expect(meter.isFlooded(400)).toBe(false);
});

it('draws every frame in calm, ten times a second in a flood, and sooner while somebody types', () => {
  expect(drawingInterval(false, 10)).toBe(0);
  expect(drawingInterval(true, Number.POSITIVE_INFINITY)).toBe(100);
  expect(drawingInterval(true, 100)).toBe(33);
});
