// Lays out what SUSHI wrote as a FHIR package: the resources, package.json and .index.json, sorted and free of dates, so
// that the same sources give the same bytes.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [source, destination] = process.argv.slice(2);
if (!source || !destination) {
    throw new Error('usage: write-package.mjs <folder of SUSHI resources> <package folder>');
}
const CANONICAL = 'https://keneya.ml/fhir';
const INDEXED = ['resourceType', 'id', 'url', 'version', 'kind', 'type', 'derivation'];

const pretty = (value) => `${JSON.stringify(value, null, 2)}\n`;
const resources = readdirSync(source).filter((name) => name.endsWith('.json')).sort()
    .map((filename) => ({ filename, resource: JSON.parse(readFileSync(join(source, filename), 'utf8')) }));
if (resources.length === 0) {
    throw new Error(`SUSHI wrote no resource into ${source}`);
}

// A questionnaire or a measure may be older than the guide; the profiles carry its version.
const VERSION = resources.find(({ resource }) => resource.resourceType === 'StructureDefinition').resource.version;

rmSync(destination, { recursive: true, force: true });
mkdirSync(destination, { recursive: true });
for (const { filename, resource } of resources) {
    writeFileSync(join(destination, filename), pretty(resource));
}
const files = resources.map(({ filename, resource }) => ({
    filename,
    ...Object.fromEntries(INDEXED.filter((key) => key in resource).map((key) => [key, resource[key]])),
}));
writeFileSync(join(destination, '.index.json'), pretty({ 'index-version': 2, files }));
writeFileSync(join(destination, 'package.json'), pretty({
    name: 'ml.keneya.core',
    version: VERSION,
    title: 'Kènèya : profils du Mali',
    description: "Ce qu'est un dossier valide au Mali : profils et extensions de l'échange Kènèya",
    author: 'Kènèya',
    canonical: CANONICAL,
    fhirVersions: ['4.0.1'],
    type: 'IG',
    dependencies: { 'hl7.fhir.r4.core': '4.0.1', 'ml.keneya.terminology': VERSION },
}));
