import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { run } from './run.mjs';

const stampFile = path.join('lib', 'store', 'generated', '.schema');

/** @param {string} root */
function schemaHash(root) {
  return fingerprint(root, ['prisma/schema.prisma', 'node_modules/prisma/package.json']);
}

/**
 * Whether the Prisma client belongs to the schema.
 * @param {string} root
 */
export function isGenerated(root) {
  const stamp = path.join(root, stampFile);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === schemaHash(root);
}

/**
 * Generates the Prisma client. Prisma wants to download its schema engine, which a closed network does not let it
 * do and which generating does not need: the path of any program keeps it from trying.
 * @param {string} root
 */
export async function generate(root) {
  const cli = path.join(root, 'node_modules', 'prisma', 'build', 'index.js');
  await run('prisma generate', process.execPath, [cli, 'generate', '--config', path.join('.config', 'prisma.config.ts')], {
    cwd: root,
    quiet: true,
    env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
  writeFileSync(path.join(root, stampFile), schemaHash(root));
}
