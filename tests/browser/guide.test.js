// The guide in use: the box that finds codes, the page that checks, and the pages on paper. KENEYA_BASE is the FHIR base.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import puppeteer from 'puppeteer-core';

const base = process.env.KENEYA_BASE;
assert.ok(base, 'KENEYA_BASE names the FHIR base of a running exchange.');
const origin = new URL(base).origin;

// A4 without margins, at the 96 pixels an inch of CSS.
const PAPER = { width: 794, height: 1123 };

let browser;
before(async () => {
  browser = await puppeteer.launch({
    executablePath: process.env.KENEYA_CHROMIUM ?? '/usr/bin/chromium',
    // Root may run Chromium only without its sandbox; it opens nothing but our own pages.
    args: process.getuid() === 0 ? ['--no-sandbox'] : [],
  });
});
after(() => browser?.close());

async function open(path) {
  const page = await browser.newPage();
  const answer = await page.goto(`${origin}/guide/${path}`, { waitUntil: 'networkidle0', timeout: 120_000 });
  assert.equal(answer.status(), 200, path);
  return page;
}

async function found(page, words) {
  await page.$eval('#words', (box) => (box.value = ''));
  await page.type('#words', words);
  await page.waitForFunction(() => document.querySelector('#found').textContent.trim() !== '', { timeout: 30_000 });
  return page.$$eval('#results li', (rows) => rows.map((row) => row.textContent));
}

describe('the box that finds codes', () => {
  let page;
  before(async () => {
    page = await open('fr/terminology.html');
  });
  after(() => page?.close());

  it('finds a code by its French name, without accents', async () => {
    const rows = await found(page, 'hepatite');
    assert.ok(rows.some((row) => /[Hh]épatite/.test(row)), rows.join('\n'));
  });

  it('leads to a list that has the code', async () => {
    await found(page, 'Sanankoroba');
    const target = await page.$eval('#results a', (link) => link.href);
    const list = await browser.newPage();
    const answer = await list.goto(target);
    assert.equal(answer.status(), 200, target);
    assert.match(await list.content(), /Sanankoroba/);
    await list.close();
  });

  it('says that there is none', async () => {
    await page.$eval('#words', (box) => (box.value = ''));
    await page.type('#words', 'zzzzqqqq');
    await page.waitForFunction(
      () => document.querySelector('#found').textContent.includes(document.querySelector('#found').dataset.none),
      { timeout: 30_000 },
    );
    assert.deepEqual(await page.$$('#results li'), []);
  });
});

describe('the page that checks', () => {
  const refused = async (page) => {
    await page.waitForSelector('#verdict .verdict.invalid', { timeout: 60_000 });
    return page.$eval('#verdict', (verdict) => verdict.textContent);
  };

  it('says what the exchange would refuse, and where', async () => {
    const page = await open('fr/check.html');
    await page.type('#resource', '{"resourceType": "Patient", "gender": "female"}');
    await page.click('#check button');
    assert.match(await refused(page), /Donnez un identifiant, ou bien le nom/);
    await page.close();
  });

  it('says of the sample bundle that it would be kept', async () => {
    const page = await open('en/first-bundle.html');
    const bundle = await page.$eval('#bundle', (block) => block.textContent);
    await page.goto(`${origin}/guide/en/check.html`);
    await page.$eval('#resource', (box, text) => (box.value = text), bundle);
    await page.click('#check button');
    await page.waitForSelector('#verdict .verdict:is(.valid, .warned)', { timeout: 60_000 });
    await page.close();
  });

  it('opens with the example whose page leads to it, in the language of the reader', async () => {
    const page = await open('en/example-invalid-ml-patient-ml-pat-1-name-alone.html');
    await Promise.all([page.waitForNavigation(), page.click('main a[href*="check.html#examples/"]')]);
    assert.match(await refused(page), /Give an identifier, or else name/);
    await page.close();
  });
});

for (const path of [
  'fr/structuredefinition-ml-patient.html',
  'en/search-parameters.html',
  'fr/codesystem-ml-vaccine.html',
  'fr/first-bundle.html',
]) {
  describe(`${path} on paper`, () => {
    let page;
    before(async () => {
      page = await open(path);
      await page.setViewport(PAPER);
      await page.emulateMediaType('print');
    });
    after(() => page?.close());

    it('has no navigation, no buttons, no boxes', async () => {
      const visible = await page.$$eval('nav, .skip, .language, form, button', (elements) =>
        elements.filter((element) => element.getClientRects().length > 0).map((element) => element.outerHTML),
      );
      assert.deepEqual(visible, []);
    });

    it('cuts nothing off at the side', async () => {
      const wide = await page.$$eval(
        'table, td, th, pre, p',
        (elements, width) =>
          elements
            .filter((element) => element.getBoundingClientRect().right > width + 1 || element.scrollWidth > element.clientWidth + 1)
            .map((element) => element.textContent.slice(0, 80)),
        PAPER.width,
      );
      assert.deepEqual(wide, []);
    });

    it('keeps a row of a table on one sheet, and its head on each', async () => {
      const rows = await page.$$eval('tbody tr', (elements) =>
        elements.map((element) => getComputedStyle(element).breakInside),
      );
      assert.ok(rows.every((value) => value === 'avoid'));
      const heads = await page.$$eval('thead', (elements) => elements.map((element) => getComputedStyle(element).display));
      assert.ok(heads.every((value) => value === 'table-header-group'));
    });
  });
}
