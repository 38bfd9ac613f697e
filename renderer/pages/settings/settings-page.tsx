import { PageHeading } from '../../components/page-heading.tsx';
import page from '../page.module.css';
import { DataFolder } from './data-folder.tsx';
import { Keys } from './keys.tsx';
import { LookAndSound } from './look-and-sound.tsx';
import { Shortcuts } from './shortcuts.tsx';

export function SettingsPage() {
  return (
    <div className={page.page}>
      <PageHeading title="Settings" />
      <LookAndSound />
      <Shortcuts />
      <DataFolder />
      <Keys />
    </div>
  );
}
