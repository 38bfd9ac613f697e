import { type ElectronApplication, expect, type Locator, type Page } from '@playwright/test';

export class FleetsPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  async open(): Promise<this> {
    await this.window.getByRole('link', { name: 'Fleets' }).click();
    await expect(this.window.getByRole('heading', { level: 1, name: 'Fleets' })).toBeVisible();
    return this;
  }
  async startNew(hosts: string): Promise<void> {
    await this.window.getByRole('button', { name: 'New fleet run …' }).click();
    await this.window.getByRole('textbox', { name: 'Hosts', exact: true }).fill(hosts);
  }
  get found(): Locator {
    return this.window.getByRole('region', { name: 'New fleet run' }).getByRole('status');
  }
  get leftOut(): Locator {
    return this.window.getByRole('list', { name: 'Left out' });
  }
  /** Answers the dialog with the folder. */
  async choosePlaybook(electron: ElectronApplication, folder: string): Promise<FleetRunPage> {
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
    }, folder);
    await this.window.getByRole('button', { name: 'Choose the playbook’s folder …' }).click();
    await expect(this.window.getByRole('region', { name: 'The playbook' })).toBeVisible();
    return new FleetRunPage(this.window);
  }
}

export class FleetRunPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  action(name: string | RegExp): Locator {
    return this.window.getByRole('button', { name });
  }
  get matrix(): Locator {
    return this.window.getByRole('table', { name: /^Hosts and steps/ });
  }
  cell(host: string, step: string): Locator {
    return this.matrix.getByRole('button', { name: `${host}, ${step}:` });
  }
  get changes(): Locator {
    return this.window.getByRole('region', { name: 'What would change' });
  }
}
