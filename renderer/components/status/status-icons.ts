import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBolt,
  IconCircle,
  IconCircleCheck,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconMessageQuestion,
  IconPlayerPlayFilled,
  IconPlayerSkipForward,
  IconPlayerStop,
} from '@tabler/icons-react';
import type { RunStatus, StepStatus, VerdictKind } from '../../../shared/api/run.ts';

const stepIcons = {
  pending: IconCircle,
  running: IconPlayerPlayFilled,
  done: IconCircleCheckFilled,
  failed: IconCircleXFilled,
  interrupted: IconBolt,
  skipped: IconPlayerSkipForward,
  undone: IconArrowBackUp,
} satisfies Record<StepStatus, unknown>;
const runIcons = {
  waiting: IconCircle,
  running: IconPlayerPlayFilled,
  asks: IconMessageQuestion,
  failed: IconCircleXFilled,
  'dead-end': IconCircleXFilled,
  interrupted: IconBolt,
  stopped: IconPlayerStop,
  done: IconCircleCheckFilled,
  undone: IconArrowBackUp,
} satisfies Record<RunStatus, unknown>;
const verdictIcons = {
  expected: IconCircleCheckFilled,
  harmless: IconCircleCheck,
  warning: IconAlertTriangle,
  failure: IconCircleXFilled,
} satisfies Record<VerdictKind, unknown>;

export const stepIcon = (status: StepStatus) => stepIcons[status];
export const runIcon = (status: RunStatus) => runIcons[status];
export const verdictIcon = (kind: VerdictKind) => verdictIcons[kind];
