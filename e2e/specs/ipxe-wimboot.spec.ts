import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const title = 'Windows installer over the network';

for (const scheme of ['light', 'dark'] as const)
  test(`two installers come into the menu, and the card says what to type, ${scheme}`, async ({ app }, info) => {
    const { window } = app;
    await window.emulateMedia({ colorScheme: scheme });
    const accessible = async () => {
      const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    };
    const topic = await new CataloguePage(window).openTopic(title);
    await expect(window.getByRole('figure', { name: 'How a machine comes to its installer' })).toContainText('Shift-F10');
    await window.getByRole('figure', { name: 'How a machine comes to its installer' }).scrollIntoViewIfNeeded();
    await window.screenshot({ path: info.outputPath(`topic-${scheme}.png`) });
    await accessible();
    const start = await topic.rehearse();
    await expect(window.getByRole('textbox', { name: 'Installers' })).toHaveValue(/Win10_22H2\nWindows 11/);
    await window.screenshot({ path: info.outputPath(`form-${scheme}.png`), fullPage: true });
    await accessible();
    const run = await start.start();
    await run.runSteps(1, 2);
    await window.getByRole('button', { name: 'Show the change' }).click();
    await window.getByRole('button', { name: /^Write/ }).click();
    await window.getByRole('button', { name: 'Show the change' }).click();
    await window.screenshot({ path: info.outputPath(`share-${scheme}.png`) });
    await window.getByRole('button', { name: /^Write/ }).click();
    await run.runSteps(5, 6);
    await expect(window.getByRole('figure', { name: 'dnsmasq' })).toContainText('dhcp-boot=tag:ipxe,menu.ipxe,,10.20.0.5');
    await run.runStep(7);
    await expect(window.getByRole('figure', { name: 'Windows 11 24H2 x64' })).toContainText('drvload X:');
    await window.getByRole('figure', { name: 'Windows 11 24H2 x64' }).scrollIntoViewIfNeeded();
    await window.screenshot({ path: info.outputPath(`card-${scheme}.png`) });
    await accessible();
    await run.runStep(8, /done/i);
    await run.expectDone();
  });
