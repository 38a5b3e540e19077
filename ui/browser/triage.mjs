// What people do all day, by the keyboard alone; and what must hold of lists, themes and narrow windows.
import { expect } from './checks.mjs';
import { focusIsVisible, openWatched, tabTo } from './watched.mjs';

const ALERT_LINK = 'td a[href^="/alerts/"]';

export async function triage({ checks, browser, url, user, password, state, settle, shoot }) {
  const watched = await openWatched(browser, { url });
  const { page } = watched;
  const press = (key) => page.keyboard.press(key);
  const focused = () => page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent?.slice(0, 40)}`);
  let hasAlert = false;

  await checks.run('signing in with the keyboard alone', async () => {
    watched.allow(/401/);
    await page.goto(url + '/login');
    await page.waitForSelector('#password:focus');
    expect(await focusIsVisible(page), 'the focus cannot be seen');
    await press('Shift+Tab');
    await press('Control+A');
    await page.keyboard.type(user);
    await press('Tab');
    await page.keyboard.type(password);
    await press('Enter');
    await page.waitForURL(url + '/');
    await settle(page);
    watched.allow();
    watched.take();
  });

  await checks.run('the first Tab offers to skip to the content', async () => {
    await page.goto(url + '/policies');
    await settle(page);
    await press('Tab');
    expect((await focused()).includes('Skip to content'), `the focus is on ${await focused()}`);
    expect(await focusIsVisible(page), 'the focus cannot be seen');
    await press('Enter');
    expect(await page.evaluate(() => document.activeElement?.closest('#main') !== null), 'the focus is not in the content');
  });

  await checks.run('coming to a page by keyboard puts the focus on its title', async () => {
    await page.goto(url + '/');
    await settle(page);
    await tabTo(page, 'nav a[href="/alerts"]');
    expect(await focusIsVisible(page), 'the focus cannot be seen');
    await press('Enter');
    await page.waitForURL(/\/alerts/);
    await settle(page);
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    expect((await focused()) === 'H1 Alerts', `the focus is on ${await focused()}`);
    hasAlert = (await page.locator(ALERT_LINK).count()) > 0;
  });

  await checks.run('filtering with the keyboard alone writes the address', async () => {
    await tabTo(page, 'input[aria-label="Filter expression"]');
    await press('Control+A');
    await page.keyboard.type('severity:HIGH platform:false');
    await press('Enter');
    await page.waitForURL(/filter=severity%3AHIGH/);
    await page.goBack();
    await page.waitForURL((at) => !at.search.includes('severity'));
  });

  await checks.run('a menu of the filter opens, is chosen from and closes by keyboard', async () => {
    await page.goto(url + '/alerts');
    await settle(page);
    await page.locator('h1').focus();
    await tabTo(page, 'button.pf-v6-c-menu-toggle');
    await press('Enter');
    await page.waitForFunction(() => document.activeElement?.closest('[role=menu], .pf-v6-c-menu') !== null);
    await shoot(page, 'alerts-menu', 'light');
    await press('Space');
    await page.waitForURL(/filter=/);
    await press('Escape');
    await page.waitForFunction(() => document.activeElement?.matches('button.pf-v6-c-menu-toggle'));
  });

  await checks.run('a menu of the filter is chosen from with the mouse', async () => {
    await page.goto(url + '/alerts');
    await settle(page);
    await page.getByRole('button', { name: 'Severity', exact: true, expanded: false }).first().click();
    const menu = page.getByRole('menu', { name: 'Severity' });
    await menu.getByText('Critical').click();
    await page.waitForURL((at) => at.searchParams.get('filter')?.endsWith('severity:CRITICAL') ?? false);
    await menu.getByText('High').click();
    await page.waitForURL((at) => at.searchParams.get('filter')?.endsWith('severity:CRITICAL,HIGH') ?? false);
    await shoot(page, 'alerts-menu-mouse', 'light');
    await press('Escape');
  });

  await checks.run('an alert is opened, snoozed, commented and woken with the keyboard alone', async () => {
    checks.skipIf(!hasAlert, 'there is no open alert');
    await page.goto(url + '/alerts');
    await settle(page);
    await page.locator('h1').focus();
    await tabTo(page, ALERT_LINK);
    await press('Enter');
    await page.waitForURL(/\/alerts\/[0-9a-f-]{36}/);
    await page.getByRole('heading', { name: 'How to fix it' }).waitFor();
    await tabTo(page, 'button:not([class*=toggle])');
    while (!(await focused()).includes('Snooze')) await press('Tab');
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]') !== null);
    await shoot(page, 'snooze', 'light');
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Snooze'));
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(page, '#snooze-reason');
    await page.keyboard.type('browser test');
    await press('Enter');
    await page.getByText('Alert snoozed').waitFor();
    await page.getByText('browser test').first().waitFor();
    await tabTo(page, '#comment');
    await page.keyboard.type('seen by the browser test');
    await tabTo(page, 'button[type=submit]');
    await press('Enter');
    await page.locator('ol[aria-label=History]').getByText('seen by the browser test').first().waitFor();
    await shoot(page, 'alert-after', 'light');
    await page.getByRole('button', { name: 'End snooze' }).focus();
    await press('Enter');
    await page.getByText('Snooze ended').waitFor();
    const faults = watched.take();
    expect(faults.length === 0, faults.join(' | '));
  });

  await checks.run('an alert says which field of which container has which value', async () => {
    checks.skipIf(!hasAlert, 'there is no open alert');
    const table = page.locator('table[aria-label^=Violations]').first();
    const labels = await table.locator('th').allInnerTexts();
    expect(['Container', 'Field', 'Value found'].every((one) => labels.includes(one)), `the columns are ${labels}`);
    expect((await table.locator('tbody tr').count()) > 0, 'no violation is shown');
  });

  await checks.run('what others do is shown without being asked for', async () => {
    checks.skipIf(!hasAlert, 'there is no open alert');
    const other = await watched.context.newPage();
    await other.goto(page.url());
    await other.getByText('Live', { exact: true }).waitFor();
    const text = `a comment at ${Date.now()}`;
    await page.fill('#comment', text);
    await page.getByRole('button', { name: 'Add comment' }).click();
    await other.locator('ol[aria-label=History]').getByText(text).waitFor();
    await other.close();
  });

  await checks.run('a list never has more rows than its page, and leads on and back', async () => {
    await page.goto(url + '/alerts?filter=&limit=50');
    await settle(page);
    expect((await page.locator('tbody tr').count()) <= 50, 'there are more rows than the page has');
    const next = page.getByRole('button', { name: 'Next' });
    checks.skipIf((await next.count()) === 0 || (await next.isDisabled()), 'the list has one page');
    const before = await page.locator(ALERT_LINK).first().getAttribute('href');
    await next.click();
    await page.waitForURL(/cursor=/);
    await page.getByText(/^51–/).waitFor();
    await page.reload();
    await page.getByText(/^51–/).waitFor();
    await page.getByRole('button', { name: 'Previous' }).click();
    await page.getByText(/^1–/).waitFor();
    expect((await page.locator(ALERT_LINK).first().getAttribute('href')) === before, 'the first page is another one');
  });

  await checks.run('the secret of a new token is shown once, and the token revoked', async () => {
    await page.goto(url + '/tokens');
    await settle(page);
    const name = `browser-test-${Date.now()}`;
    await page.getByRole('button', { name: 'Create a token' }).click();
    await page.fill('#token-name', name);
    await shoot(page, 'token-new', 'light');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('is not shown again').waitFor();
    await shoot(page, 'token-made', 'light');
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('button', { name: `Revoke ${name}` }).click();
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText(`${name} revoked`).waitFor();
    expect((await page.getByRole('button', { name: `Revoke ${name}` }).count()) === 0, 'the token is still there');
  });

  await checks.run('a cluster is registered, with the command to run, and removed', async () => {
    await page.goto(url + '/clusters');
    await settle(page);
    const name = `browser-test-${Date.now()}`;
    await page.getByRole('button', { name: 'Register a cluster' }).first().click();
    await page.fill('#cluster-name', name);
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByText('is not shown again').waitFor();
    await shoot(page, 'cluster-registered', 'light');
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('link', { name }).click();
    await page.getByRole('button', { name: 'Remove…' }).click();
    const remove = page.getByRole('button', { name: 'Remove', exact: true });
    expect(await remove.isDisabled(), 'it can be removed without confirmation');
    await page.fill('#remove-name', name);
    await shoot(page, 'cluster-remove', 'light');
    await remove.click();
    await page.waitForURL(/\/clusters$/);
    await page.getByRole('link', { name }).waitFor({ state: 'detached' });
  });

  await checks.run('a notifier’s form is made from its type', async () => {
    await page.goto(url + '/notifiers');
    await settle(page);
    await page.getByRole('button', { name: 'Add a notifier' }).click();
    await page.getByRole('dialog').waitFor();
    expect((await page.locator('[id^=setting-]:not([id$=-help])').count()) > 0, 'the form has no settings');
    await shoot(page, 'notifier-new', 'light');
    await page.keyboard.press('Escape');
  });

  await checks.run('the chosen theme is remembered', async () => {
    await page.goto(url + '/');
    await settle(page);
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('option', { name: 'Dark' }).click();
    await page.reload();
    await settle(page);
    expect(await page.evaluate(() => document.documentElement.classList.contains('pf-v6-theme-dark')), 'the theme is light again');
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('option', { name: 'As the system' }).click();
  });

  await checks.run('signing out leads to the login page', async () => {
    watched.allow(/401/);
    await page.getByRole('button', { name: user }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/login/);
    await page.goto(url + '/alerts');
    await page.waitForURL(/\/login\?to=/);
  });
  await watched.close();

  const narrow = await openWatched(browser, { url, state, width: 400, height: 800 });
  for (const [name, path] of [['dashboard', '/'], ['alerts', '/alerts']]) {
    await checks.run(`${name} in a narrow window`, async () => {
      await narrow.page.goto(url + path);
      await settle(narrow.page);
      await shoot(narrow.page, `${name}-narrow`, 'light');
      const overflow = await narrow.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow <= 0, `the page is ${overflow} px wider than the window`);
    });
  }
  await narrow.close();
}
