// SMART Backend Services against a running exchange: a system that an operator has registered proves who it is with a
// key of its own (private_key_jwt), gets a token, and works with it through two FHIR clients of the npm world.
// KENEYA_BASE is the FHIR base, KENEYA_DATA the data folder of the exchange, where the operator's key is.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import fhirclient from 'fhirclient';
import { Client as KitClient } from 'fhir-kit-client';

const base = process.env.KENEYA_BASE;
assert.ok(base, 'KENEYA_BASE names the FHIR base of a running exchange.');
assert.ok(process.env.KENEYA_DATA, 'KENEYA_DATA names the data folder of that exchange.');

const launcher = fileURLToPath(new URL('../../keneya', import.meta.url));
const SYSTEM = 'https://keneya.ml/id/site/npm-smart/record';

// As SMART Backend Services 2.2 wants them; both must be good.
const ALGORITHMS = {
  ES384: {
    pair: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    signature: (text, key) => sign('sha384', text, { key, dsaEncoding: 'ieee-p1363' }),
  },
  RS384: {
    pair: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
    signature: (text, key) => sign('sha384', text, key),
  },
};

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Registered by the operator's own command; its private key never leaves this process. */
const register = (algorithm) => {
  const { publicKey, privateKey } = ALGORITHMS[algorithm].pair();
  const id = `npm-${randomUUID()}`;
  const kid = randomUUID();
  const folder = mkdtempSync(path.join(tmpdir(), 'keneya-smart-'));
  try {
    const jwks = path.join(folder, 'jwks.json');
    writeFileSync(jwks, JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: algorithm }] }));
    execFileSync(launcher, [
      'client', 'add', id, '--role', 'site', '--facility', `ML-${id}`.slice(0, 40), '--jwks', jwks,
      '--scope', 'system/*.cruds',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { id, kid, algorithm, privateKey };
};

const tokenFor = async (system, scope) => {
  const smart = await (await fetch(`${base}/.well-known/smart-configuration`)).json();
  assert.ok(smart.token_endpoint_auth_methods_supported.includes('private_key_jwt'));
  assert.ok(smart.token_endpoint_auth_signing_alg_values_supported.includes(system.algorithm));
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: system.id, sub: system.id, aud: smart.token_endpoint, exp: now + 240, jti: randomUUID() };
  const text = `${encoded({ alg: system.algorithm, kid: system.kid, typ: 'JWT' })}.${encoded(claims)}`;
  const signature = ALGORITHMS[system.algorithm].signature(Buffer.from(text), system.privateKey).toString('base64url');
  const answer = await fetch(smart.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: `${text}.${signature}`,
    }),
  });
  const token = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(token));
  assert.equal(token.token_type, 'Bearer');
  return token;
};

const child = (record) => ({
  resourceType: 'Patient',
  identifier: [{ system: SYSTEM, value: record }],
  name: [{ family: 'Keïta', given: ['Awa'] }],
  gender: 'female',
  birthDate: '2025-06-01',
});

const weightOf = (patient) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: '2026-11-10T09:00:00+00:00',
  valueQuantity: { value: 9.5, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
});

const transactionOf = (resource) => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    { fullUrl: `urn:uuid:${randomUUID()}`, resource, request: { method: 'POST', url: resource.resourceType } },
  ],
});

for (const algorithm of Object.keys(ALGORITHMS)) {
  describe(`a system with a key for ${algorithm}`, () => {
    let system;
    before(() => {
      system = register(algorithm);
    });

    it('reads, searches and posts through fhir-kit-client', async () => {
      const client = new KitClient({ baseUrl: base });
      client.bearerToken = (await tokenFor(system, 'system/*.cruds')).access_token;
      const record = randomUUID();
      const { id } = await client.create({ resourceType: 'Patient', body: child(record) });
      const answer = await client.transaction({ body: transactionOf(weightOf(id)) });
      assert.ok(answer.entry[0].response.status.startsWith('201'));
      const read = await client.read({ resourceType: 'Patient', id });
      assert.equal(read.name[0].family, 'Keïta');
      const found = await client.search({
        resourceType: 'Patient',
        searchParams: { identifier: `${SYSTEM}|${record}` },
      });
      assert.deepEqual(found.entry.map((entry) => entry.resource.id), [id]);
    });

    it('reads, searches and posts through fhirclient', async () => {
      const token = await tokenFor(system, 'system/*.cruds');
      const client = fhirclient({ headers: { host: '127.0.0.1' }, url: '/' }, {}).client({
        serverUrl: base,
        tokenResponse: token,
      });
      const record = randomUUID();
      const created = await client.create(child(record));
      const answer = await client.request({
        url: base,
        method: 'POST',
        headers: { 'content-type': 'application/fhir+json' },
        body: JSON.stringify(transactionOf(weightOf(created.id))),
      });
      assert.ok(answer.entry[0].response.status.startsWith('201'));
      const read = await client.request(`Patient/${created.id}`);
      assert.equal(read.name[0].family, 'Keïta');
      const found = await client.request(`Patient?identifier=${encodeURIComponent(`${SYSTEM}|${record}`)}`);
      assert.deepEqual(found.entry.map((entry) => entry.resource.id), [created.id]);
    });

    it('writes nothing with a token that may only read', async () => {
      const client = new KitClient({ baseUrl: base });
      client.bearerToken = (await tokenFor(system, 'system/*.rs')).access_token;
      await assert.rejects(client.create({ resourceType: 'Patient', body: child(randomUUID()) }), (failure) => {
        assert.equal(failure.response.status, 403);
        return true;
      });
    });

    it('is let in no longer once the operator has revoked it', async () => {
      const token = (await tokenFor(system, 'system/*.rs')).access_token;
      execFileSync(launcher, ['client', 'revoke', system.id]);
      const answer = await fetch(`${base}/Patient?_count=1`, { headers: { authorization: `Bearer ${token}` } });
      assert.equal(answer.status, 401);
    });
  });
}
