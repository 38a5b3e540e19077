// A browser page whose errors, refused content and requests to elsewhere are all noted.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PATHS = [process.env.BULWARK_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-dev-shm-usage'];

/** Starts Chromium, or says how to get it. */
export async function startBrowser() {
  const executablePath = PATHS.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('Chromium was not found: install the package chromium, or set BULWARK_CHROMIUM to its path');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Opens a page in a context of its own. `faults` collects what a good page never has. */
export async function openWatched(browser, { url, theme = 'light', state, width = 1440, height = 900 }) {
  const context = await browser.newContext({ colorScheme: theme, viewport: { width, height }, ...(state ? { storageState: state } : {}) });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults = [];
  const origin = new URL(url).origin;
  let expected = [];
  page.on('console', (message) => {
    const text = `${message.text()} ${message.location().url ?? ''}`;
    if (['error', 'warning'].includes(message.type()) && !expected.some((one) => one.test(text))) faults.push(`console: ${text}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const to = request.url();
    if (!to.startsWith(origin) && !to.startsWith('data:') && !to.startsWith('blob:')) faults.push(`request to elsewhere: ${to}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`refused by the content security policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  return {
    page,
    context,
    /** Messages of the browser that belong to what is being tried, say an answer of 401. */
    allow: (...patterns) => (expected = patterns),
    /** The faults since the last call. */
    take: () => faults.splice(0),
    close: () => context.close(),
  };
}

/** Presses Tab until something matching has the focus. */
export async function tabTo(page, selector, most = 120) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`${most} times Tab did not reach ${selector}`);
}

/** Whether what has the focus shows it: an outline, a shadow, or PatternFly's own drawn border. */
export async function focusIsVisible(page) {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return false;
    const box = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    const drawn = (s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
    const group = at.closest('.pf-v6-c-form-control, .pf-v6-c-text-input-group');
    return box.width > 0 && box.height > 0 && (drawn(style) || drawn(getComputedStyle(at, '::after')) || (group !== null && getComputedStyle(group, '::after').borderTopWidth !== '0px'));
  });
}
