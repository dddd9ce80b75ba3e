// Two FHIR clients of the npm world against a running exchange: each reads, searches, posts, and pages with "next".
// KENEYA_BASE is the FHIR base, for example http://127.0.0.1:8080/fhir. Every run invents its own people.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it, before } from 'node:test';
import fhirclient from 'fhirclient';
import { Client as KitClient } from 'fhir-kit-client';

const base = process.env.KENEYA_BASE;
assert.ok(base, 'KENEYA_BASE names the FHIR base of a running exchange.');

const SYSTEM = 'https://keneya.ml/id/site/npm-clients/record';

const child = (record, family) => ({
  resourceType: 'Patient',
  identifier: [{ system: SYSTEM, value: record }],
  name: [{ family, given: ['Awa'] }],
  gender: 'female',
  birthDate: '2025-06-01',
});

const transactionOf = (resources) => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: resources.map((resource) => ({
    fullUrl: `urn:uuid:${randomUUID()}`,
    resource,
    request: { method: 'POST', url: resource.resourceType },
  })),
});

const idsIn = (bundle) => bundle.entry.map((entry) => entry.resource.id);

describe('fhir-kit-client', () => {
  const client = new KitClient({ baseUrl: base });

  it('reads the CapabilityStatement', async () => {
    const statement = await client.capabilityStatement();
    assert.equal(statement.fhirVersion, '4.0.1');
  });

  it('creates, reads and searches a patient', async () => {
    const record = randomUUID();
    const created = await client.create({ resourceType: 'Patient', body: child(record, 'Keïta') });
    const read = await client.read({ resourceType: 'Patient', id: created.id });
    assert.equal(read.name[0].family, 'Keïta');
    const found = await client.search({
      resourceType: 'Patient',
      searchParams: { identifier: `${SYSTEM}|${record}` },
    });
    assert.deepEqual(idsIn(found), [created.id]);
  });

  it('posts a transaction and pages through what it wrote', async () => {
    const family = `Kit-${randomUUID()}`;
    const people = [1, 2, 3, 4, 5].map(() => child(randomUUID(), family));
    const answer = await client.transaction({ body: transactionOf(people) });
    assert.equal(answer.entry.length, 5);
    let page = await client.search({ resourceType: 'Patient', searchParams: { family, _count: 2 } });
    const seen = new Set();
    let pages = 0;
    while (page) {
      pages += 1;
      idsIn(page).forEach((id) => seen.add(id));
      page = await client.nextPage({ bundle: page });
    }
    assert.equal(seen.size, 5);
    assert.equal(pages, 3);
  });

  it('gets a refusal it can show', async () => {
    const wrong = { ...child(randomUUID(), 'Keïta'), birthDate: '2999-01-01' };
    await assert.rejects(client.create({ resourceType: 'Patient', body: wrong }), (failure) => {
      assert.equal(failure.response.status, 422);
      assert.ok(failure.response.data.issue[0].diagnostics.length > 0);
      return true;
    });
  });
});

describe('fhirclient', () => {
  let client;
  before(() => {
    // In Node the library wants the request it serves; it only looks at where that came from.
    client = fhirclient({ headers: { host: '127.0.0.1' }, url: '/' }, {}).client(base);
  });

  it('creates, reads and searches a patient', async () => {
    const record = randomUUID();
    const created = await client.create(child(record, 'Traoré'));
    const read = await client.request(`Patient/${created.id}`);
    assert.equal(read.name[0].family, 'Traoré');
    const found = await client.request(`Patient?identifier=${encodeURIComponent(`${SYSTEM}|${record}`)}`);
    assert.deepEqual(idsIn(found), [created.id]);
  });

  it('posts a transaction and pages through what it wrote', async () => {
    const family = `Smart-${randomUUID()}`;
    const people = [1, 2, 3, 4, 5].map(() => child(randomUUID(), family));
    await client.request({
      url: base,
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify(transactionOf(people)),
    });
    const pages = await client.request(`Patient?family=${family}&_count=2`, { pageLimit: 0 });
    const seen = new Set(pages.flatMap(idsIn));
    assert.equal(seen.size, 5);
    assert.equal(pages.length, 3);
  });
});
