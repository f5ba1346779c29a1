/** Script: writes the embedded extractor's files into the folder named on the command line. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { embeddedModelFiles } from './embedded-model';

const folder = process.argv[2] ?? 'public/models/scattering';
mkdirSync(folder, { recursive: true });
for (const [name, bytes] of Object.entries(embeddedModelFiles())) {
  writeFileSync(path.join(folder, name), bytes);
  process.stdout.write(`${path.join(folder, name)}  ${bytes.length} bytes\n`);
}
