import { PageHeading } from '../../components/page-heading.tsx';
import page from '../page.module.css';
import { Keys } from './keys.tsx';

export function SettingsPage() {
  return (
    <div className={page.page}>
      <PageHeading title="Settings" />
      <Keys />
    </div>
  );
}
