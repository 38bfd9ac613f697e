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
  async startNew(): Promise<NewFleetPage> {
    await this.window.getByRole('link', { name: 'New fleet run' }).click();
    await expect(this.window.getByRole('heading', { level: 1, name: 'New fleet run' })).toBeVisible();
    return new NewFleetPage(this.window);
  }
}

export class NewFleetPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  /** Takes a folder that was compiled before; answers the dialog with it. */
  async chooseFolder(electron: ElectronApplication, folder: string): Promise<void> {
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
    }, folder);
    await this.window.getByRole('button', { name: 'A compiled folder' }).click();
    await this.window.getByRole('button', { name: 'Choose the folder …' }).click();
    await expect(this.window.getByRole('region', { name: 'Compiled folder' })).toContainText(folder);
  }
  async chooseProcedure(title: string): Promise<void> {
    const box = this.window.getByRole('combobox', { name: 'Procedure', exact: true });
    await box.fill(title);
    await this.window.getByRole('option', { name: title }).click();
    await expect(this.form).toBeVisible();
  }
  get form(): Locator {
    return this.window.getByRole('form', { name: 'New fleet run' });
  }
  /** `of`: the machine, where the procedure has several. */
  hosts(of = ''): Locator {
    return this.window.getByRole('textbox', { name: of === '' ? 'Hosts' : `Hosts of ${of}`, exact: true });
  }
  found(of = ''): Locator {
    return this.window.getByRole('group', { name: of === '' ? 'Hosts' : `Hosts of ${of}`, exact: true }).getByRole('status');
  }
  get leftOut(): Locator {
    return this.window.getByRole('list', { name: 'Left out' });
  }
  get goOn(): Locator {
    return this.window.getByRole('button', { name: /^Show the playbook/ });
  }
  async showPlaybook(): Promise<FleetRunPage> {
    await this.goOn.click();
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
  /** Until the button is the one that runs it. */
  async seeAll(see: string, run: string): Promise<void> {
    await expect(async () => {
      if (await this.action(see).isVisible()) await this.action(see).click({ timeout: 1000 });
      await expect(this.action(run)).toBeVisible({ timeout: 1000 });
    }).toPass();
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
