// The pages that people look at, in Chromium against a running exchange: nothing fails, nothing leaves the host, and a
// narrow telephone shows the guide without scrolling sideways. KENEYA_BASE is the FHIR base.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import puppeteer from 'puppeteer-core';

const base = process.env.KENEYA_BASE;
assert.ok(base, 'KENEYA_BASE names the FHIR base of a running exchange.');
const origin = new URL(base).origin;

const NARROW = { width: 360, height: 740 };

// What stands for the rest of the guide: its first page, what newcomers follow, a list, a profile, a list of codes, a table from codes to codes, what can be searched for, the page that checks.
const PAGES = [
  '/fhir/swagger-ui/',
  ...['fr', 'en'].flatMap((language) =>
    ['index', 'first-bundle', 'profiles', 'structuredefinition-ml-patient', 'valueset-ml-functioning-difficulty', 'conceptmap-ml-code-to-sensitivity', 'search-parameters', 'check'].map(
      (page) => `/guide/${language}/${page}.html`,
    ),
  ),
];

let browser;
before(async () => {
  browser = await puppeteer.launch({
    executablePath: process.env.KENEYA_CHROMIUM ?? '/usr/bin/chromium',
    // Root may run Chromium only without its sandbox; it opens nothing but our own pages.
    args: process.getuid() === 0 ? ['--no-sandbox'] : [],
  });
});
after(() => browser?.close());

// Opens a page and keeps what went wrong on it.
async function open(path) {
  const page = await browser.newPage();
  await page.setViewport(NARROW);
  const faults = [];
  const foreign = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('requestfailed', (request) => faults.push(`${request.url()}: ${request.failure().errorText}`));
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== 'data:' && asked !== origin) foreign.push(request.url());
  });
  const answer = await page.goto(origin + path, { waitUntil: 'networkidle0', timeout: 120_000 });
  assert.equal(answer.status(), 200, path);
  return { page, faults, foreign };
}

for (const path of PAGES) {
  describe(path, () => {
    let opened;
    before(async () => {
      opened = await open(path);
    });
    after(() => opened?.page.close());

    it('shows no error', () => assert.deepEqual(opened.faults, []));

    it('asks nobody but the exchange', () => assert.deepEqual(opened.foreign, []));

    // The page of the interface is its library's, for developers: it is 502 px wide and scrolls.
    if (path.startsWith('/guide/')) {
      it('fits a narrow telephone', async () => {
        const width = await opened.page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= NARROW.width, `${width} px wide`);
      });
    }
  });
}
