// Walks every page of Bulwark in Chromium, in both themes, and works on an alert with the keyboard alone:
//   node browser/run.mjs --url http://127.0.0.1:8080 --password PASSWORD [--screenshots DIR] [--user admin]
// Prints a line for each check and ends with `N passed, N failed, N skipped`; exit status 1 where one failed.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Checks, expect } from './checks.mjs';
import { triage } from './triage.mjs';
import { openWatched, startBrowser } from './watched.mjs';

const { values: args } = parseArgs({ options: { url: { type: 'string' }, password: { type: 'string' }, user: { type: 'string', default: 'admin' }, screenshots: { type: 'string' } } });
if (!args.url || !args.password) {
  console.error('usage: node browser/run.mjs --url URL --password PASSWORD [--screenshots DIR] [--user NAME]');
  process.exit(2);
}
const url = args.url.replace(/\/$/, '');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const checks = new Checks();
if (args.screenshots) mkdirSync(args.screenshots, { recursive: true });

/** Every page; the details' addresses come from the lists. */
const PAGES = [
  ['dashboard', '/', 'Dashboard'],
  ['alerts', '/alerts', 'Alerts'],
  ['alerts-filtered', '/alerts?filter=severity%3ACRITICAL%2CHIGH%20-namespace%3Akube-system&sort=-firstSeenAt', 'Alerts'],
  ['alerts-none', '/alerts?filter=workload%3Ano-such-workload', 'Alerts'],
  ['alert', '/alerts', undefined, 'table a[href^="/alerts/"]'],
  ['workloads', '/workloads', 'Workloads'],
  ['workload', '/workloads', undefined, 'table a[href^="/workloads/"]'],
  ['workload-pods', '/workloads', undefined, 'table a[href^="/workloads/"]', '?show=pods'],
  ['workload-document', '/workloads', undefined, 'table a[href^="/workloads/"]', '?show=document'],
  ['clusters', '/clusters', 'Clusters'],
  ['cluster', '/clusters', undefined, 'table a[href^="/clusters/"]'],
  ['policies', '/policies', 'Policies'],
  ['policy', '/policies', undefined, 'table a[href^="/policies/"]'],
  ['notifiers', '/notifiers', 'Notifiers'],
  ['tokens', '/tokens', 'API tokens'],
  ['audit', '/audit', 'Audit log'],
  ['settings', '/settings', 'Settings'],
  ['not-found', '/no/such/page', 'No such page'],
];

async function shoot(page, name, theme) {
  if (args.screenshots) await page.screenshot({ path: join(args.screenshots, `${name}-${theme}.png`) });
}

async function settle(page) {
  await page.waitForSelector('h1');
  await page.waitForFunction(() => !document.querySelector('.pf-v6-c-spinner[aria-label^="Loading"], .pf-v6-c-skeleton, .bw-progress'), undefined, { timeout: 15_000 });
  await page.waitForFunction(() => document.fonts.status === 'loaded');
}

/** Serious faults of accessibility that axe finds, as lines. */
async function barriers(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id} at ${one.nodes.slice(0, 2).map((node) => node.target.join(' ')).join(' and ')}`);
  });
}

async function visit(watched, [name, path, title, follow, suffix = ''], theme) {
  const { page } = watched;
  await page.goto(url + path);
  await settle(page);
  if (follow) {
    const link = page.locator(follow).first();
    checks.skipIf((await link.count()) === 0, `the list ${path} is empty`);
    const to = await link.getAttribute('href');
    await page.goto(url + to + suffix);
    await settle(page);
  }
  const heading = await page.locator('h1').first().innerText();
  if (title !== undefined) expect(heading === title, `the title is “${heading}”, not “${title}”`);
  expect(!(await page.getByText('This could not be read').count()), `the page could not be read: ${await page.locator('[role=alert]').allInnerTexts()}`);
  const isDark = await page.evaluate(() => document.documentElement.classList.contains('pf-v6-theme-dark'));
  expect(isDark === (theme === 'dark'), `the theme is ${isDark ? 'dark' : 'light'}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow <= 0, `the page is ${overflow} px wider than the window`);
  await shoot(page, name, theme);
  const faults = watched.take();
  expect(faults.length === 0, faults.slice(0, 5).join(' | '));
  const found = await barriers(page);
  expect(found.length === 0, found.join(' | '));
}

async function signIn(watched) {
  const { page } = watched;
  watched.allow(/401/);
  await page.goto(url + '/alerts?filter=severity%3AHIGH');
  await page.waitForSelector('#password');
  expect(page.url().includes('/login?to='), `asked to sign in at ${page.url()}`);
  await page.fill('#username', args.user);
  await page.fill('#password', 'certainly not the password');
  await page.keyboard.press('Enter');
  await page.getByText('The name or the password is not right').waitFor();
  await page.fill('#password', args.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/alerts\?filter=severity/);
  await settle(page);
  watched.allow();
  const faults = watched.take();
  expect(faults.length === 0, faults.join(' | '));
}

async function walk(browser, theme, state) {
  const watched = await openWatched(browser, { url, theme, state });
  for (const page of PAGES) await checks.run(`${page[0]} in the ${theme} theme`, () => visit(watched, page, theme));
  await watched.close();
}

const browser = await startBrowser().catch((error) => {
  console.log(`FAILED: ${error.message}`);
  console.log('0 passed, 1 failed, 0 skipped');
  process.exit(1);
});
try {
  for (const theme of ['light', 'dark']) {
    const stranger = await openWatched(browser, { url, theme });
    await checks.run(`login page in the ${theme} theme`, async () => {
      stranger.allow(/401/);
      await stranger.page.goto(url + '/login');
      await stranger.page.waitForSelector('#password');
      await stranger.page.waitForFunction(() => document.fonts.status === 'loaded');
      await shoot(stranger.page, 'login', theme);
      const found = [...stranger.take(), ...(await barriers(stranger.page))];
      expect(found.length === 0, found.join(' | '));
    });
    await stranger.close();
  }
  const first = await openWatched(browser, { url });
  await checks.run('signing in leads back to where one was', () => signIn(first));
  const state = await first.context.storageState();
  await first.close();
  await walk(browser, 'light', state);
  await walk(browser, 'dark', state);
  await triage({ checks, browser, url, user: args.user, password: args.password, state, settle, shoot });
} finally {
  await browser.close();
}
process.exit(checks.close());
