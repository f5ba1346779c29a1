import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { store } from '@/lib/store/client';
import { migrationsFolder, readMigrations, type Migration } from '@/lib/store/migrate/migrations';
import { missingMigrations } from '@/lib/store/migrate/status';

/** What GET /api/health answers when all is well. */
export type Health = { status: 'ok'; version: string; database: 'ok'; migrations: 'ok' };

type AppliedRow = { name: string; checksum: string };

let files: Promise<Migration[]> | undefined;

/**
 * Asks the database whether it answers and is up to date.
 * @throws AssayError `database.unavailable`
 */
export async function checkHealth(): Promise<Health> {
  const applied = await appliedMigrations();
  files ??= readMigrations(migrationsFolder());
  const missing = missingMigrations(await files, applied);
  if (missing.length > 0) {
    throw new AssayError('database.unavailable', `The database lacks ${missing.length} migrations.`, { hint: 'Start Assay with "npm start".' });
  }
  return { status: 'ok', version: env().version, database: 'ok', migrations: 'ok' };
}

async function appliedMigrations(): Promise<AppliedRow[]> {
  try {
    return await store().$queryRaw<AppliedRow[]>`
      SELECT migration_name AS name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  } catch (cause) {
    throw new AssayError('database.unavailable', 'The database does not answer.', { cause });
  }
}
