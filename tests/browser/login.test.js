// How a person logs in, in Chromium: the first time with the code of the operator, then with the password; and that the
// page works in a browser with what its policy allows. KENEYA_BASE is the FHIR base, KENEYA_DATA the
// data folder of that exchange, which holds the operator's key.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import puppeteer from 'puppeteer-core';

const base = process.env.KENEYA_BASE;
assert.ok(base, 'KENEYA_BASE names the FHIR base of a running exchange.');
const origin = new URL(base).origin;
assert.ok(process.env.KENEYA_DATA, 'KENEYA_DATA names the data folder of that exchange.');
const keyFile = `${process.env.KENEYA_DATA}/operator-key`;

const NARROW = { width: 360, height: 740 };
const SCOPES = 'openid profile user/*.rs';
const PASSWORD = `le marigot de ${randomBytes(6).toString('hex')}`;
const STATE = randomBytes(12).toString('base64url');
const VERIFIER = randomBytes(32).toString('base64url');
const id = `essai-${randomBytes(5).toString('hex')}`;

let browser;
let page;
let faults;
let foreign;
let application;
let callback;
let arrived;
let activationCode;

async function operate(path, wanted) {
  const answer = await fetch(origin + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Keneya-Operator-Key': (await readFile(keyFile, 'utf8')).trim() },
    body: JSON.stringify(wanted),
  });
  assert.equal(answer.status, 201, await answer.clone().text());
  return answer.json();
}

// The address that an application sends the browser to.
function wish() {
  return `${origin}/oauth2/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: id,
    redirect_uri: callback,
    scope: SCOPES,
    state: STATE,
    aud: base,
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  })}`;
}

async function redeem(code) {
  return fetch(`${origin}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: id,
      code,
      redirect_uri: callback,
      code_verifier: VERIFIER,
    }),
  });
}

async function typeAndSend(fields, button) {
  for (const [field, value] of Object.entries(fields)) {
    await page.$eval(field, (input) => {
      input.value = '';
    });
    await page.type(field, value);
  }
  await Promise.all([page.waitForNavigation({ timeout: 120_000 }), page.click(button)]);
}

const FIRST = 'details button';
const LATER = 'main > form button';

describe('logging in', () => {
  before(async () => {
    application = createServer((request, answer) => {
      if (request.url.startsWith('/retour')) arrived = new URL(request.url, callback).searchParams;
      answer.writeHead(200, { 'Content-Type': 'text/html' }).end('<link rel="icon" href="data:,">');
    });
    await new Promise((resolve) => application.listen(0, '127.0.0.1', resolve));
    callback = `http://127.0.0.1:${application.address().port}/retour`;
    await operate('/operator/clients', { id, name: 'Essai', scopes: SCOPES, redirectUris: [callback] });
    ({ activationCode } = await operate('/operator/users', {
      login: id,
      name: 'Fanta Kéita',
      role: 'area',
      areas: ['ML01'],
    }));
    browser = await puppeteer.launch({
      executablePath: process.env.KENEYA_CHROMIUM ?? '/usr/bin/chromium',
      // Root may run Chromium only without its sandbox; it opens nothing but our own pages.
      args: process.getuid() === 0 ? ['--no-sandbox', '--lang=fr'] : ['--lang=fr'],
    });
  });

  // Each as on a machine that another person has just left: the browser keeps its cookies.
  beforeEach(async () => {
    page = await browser.newPage();
    await page.setViewport(NARROW);
    await page.setExtraHTTPHeaders({ 'Accept-Language': 'fr' });
    arrived = undefined;
    faults = [];
    foreign = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      if (protocol !== 'data:' && asked !== origin) foreign.push(request.url());
    });
  });

  afterEach(() => page.close());

  after(async () => {
    await browser?.close();
    application?.close();
  });

  it('shows a page in French that fits a narrow telephone, fails nowhere and asks nobody else', async () => {
    const answer = await page.goto(wish(), { waitUntil: 'networkidle0', timeout: 120_000 });

    assert.equal(answer.status(), 200);
    assert.equal(await page.$eval('html', (html) => html.lang), 'fr');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= NARROW.width, `${width} px wide`);
    // Under its policy a style that is not the announced one would not be applied.
    assert.notEqual(await page.$eval('main', (main) => getComputedStyle(main).maxWidth), 'none');
    assert.deepEqual(faults, []);
    assert.deepEqual(foreign, []);
  });

  it('lets a person in with the code of the operator and a password of her own', async () => {
    await page.goto(wish(), { timeout: 120_000 });
    await page.click('details summary');

    await typeAndSend({ '#login-2': id, '#code': activationCode, '#new': PASSWORD, '#again': PASSWORD }, FIRST);

    assert.ok(page.url().startsWith(callback), page.url());
    assert.equal(arrived.get('state'), STATE);
    assert.equal(arrived.get('iss'), origin);
    const tokens = await redeem(arrived.get('code'));
    assert.equal(tokens.status, 200);
    assert.deepEqual(faults, []);
  });

  it('keeps a wrong password out, says so, and lets the right one in from the same page', async () => {
    await page.goto(wish(), { timeout: 120_000 });

    await typeAndSend({ '#login': id, '#password': 'un autre mot de passe' }, LATER);

    assert.equal(new URL(page.url()).origin, origin);
    assert.ok(await page.$('[role=alert]'), 'The page says what was wrong.');
    assert.equal(arrived, undefined);

    await typeAndSend({ '#login': id, '#password': PASSWORD }, LATER);

    assert.ok(page.url().startsWith(callback), page.url());
    assert.equal((await redeem(arrived.get('code'))).status, 200);
  });

  it('asks for the password again, whoever was in before', async () => {
    const answer = await page.goto(wish(), { timeout: 120_000 });

    assert.equal(answer.status(), 200);
    assert.ok(await page.$('#password'));
    assert.equal(arrived, undefined);
  });

  it('keeps out a form whose page came from elsewhere', async () => {
    await page.goto(callback, { timeout: 120_000 });

    await page.evaluate(
      (address, login, password) => {
        const form = document.createElement('form');
        form.method = 'post';
        form.action = address;
        for (const [name, value] of Object.entries({ login, password, form_token: 'A'.repeat(43) })) {
          const field = document.createElement('input');
          Object.assign(field, { name, value });
          form.append(field);
        }
        document.body.append(form);
      },
      wish(),
      id,
      PASSWORD,
    );
    arrived = undefined;
    const [answer] = await Promise.all([
      page.waitForNavigation({ timeout: 120_000 }),
      page.evaluate(() => document.forms[0].submit()),
    ]);

    assert.equal(answer.status(), 400);
    assert.equal(arrived, undefined);
  });
});
