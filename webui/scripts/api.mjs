// Makes src/api.d.ts of openapi.json, or with --check holds the one equal to the other.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const root = new URL('../', import.meta.url);
const document = JSON.parse(await readFile(new URL('openapi.json', root), 'utf8'));
const made = `// Made from openapi.json by \`npm run api\`; not to be edited.\n\n${astToString(await openapiTS(document))}`;
const file = new URL('src/api.d.ts', root);
if (!process.argv.includes('--check')) {
  await writeFile(file, made);
} else if ((await readFile(file, 'utf8')) !== made) {
  console.error('src/api.d.ts is not what openapi.json says; run: npm run api');
  process.exit(1);
}
