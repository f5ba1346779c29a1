import { randomUUID } from 'node:crypto';
import { runMigrations as runQueueMigrations } from 'graphile-worker';
import pg from 'pg';
import { AssayError } from '@/lib/errors';
import { migrationsFolder, readMigrations, type Migration } from './migrations';

/** What `prisma migrate` locks while it works, so that the two never run at once. */
const prismaAdvisoryLock = 72_707_369;

/** Prisma's own table, created as Prisma creates it: `prisma migrate deploy` can take over at any time. */
const bookkeeping = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                  VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"            VARCHAR(64) NOT NULL,
    "finished_at"         TIMESTAMPTZ,
    "migration_name"      VARCHAR(255) NOT NULL,
    "logs"                TEXT,
    "rolled_back_at"      TIMESTAMPTZ,
    "started_at"          TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

type AppliedRow = { migration_name: string; checksum: string; finished_at: Date | null };

export type MigrateOptions = {
  databaseUrl: string;
  /** Default: prisma/migrations of this copy. */
  folder?: string;
};

/**
 * Brings a database up to date: Assay's migrations, each in a transaction of its own, then those of the job queue.
 * Safe to run from several processes at once.
 * @returns the names of the migrations that were applied now
 * @throws AssayError `start.failed` when an applied file was changed afterwards, when the database is newer than
 *   this copy of Assay, or when a migration fails; `database.unavailable` when the server cannot be reached
 */
export async function migrateDatabase(options: MigrateOptions): Promise<string[]> {
  const migrations = await readMigrations(options.folder ?? migrationsFolder());
  const client = await connect(options.databaseUrl);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [prismaAdvisoryLock]);
    const applied = await applyPending(client, migrations);
    await runQueueMigrations({ connectionString: options.databaseUrl });
    return applied;
  } finally {
    await client.end();
  }
}

async function applyPending(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(bookkeeping);
  const { rows } = await client.query<AppliedRow>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at',
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row]));
  refuseUnknown(applied, migrations);
  const pending = migrations.filter((migration) => !isApplied(migration, applied.get(migration.name)));
  for (const migration of pending) await apply(client, migration);
  return pending.map((migration) => migration.name);
}

/** True when the migration stands in the database as it stands in the folder. */
function isApplied(migration: Migration, row: AppliedRow | undefined): boolean {
  if (row === undefined) return false;
  if (row.finished_at === null) {
    throw new AssayError('start.failed', `The migration ${migration.name} was begun by another program and never finished.`, {
      hint: 'Repair the database, then mark the migration with "prisma migrate resolve".',
    });
  }
  if (row.checksum !== migration.checksum) {
    throw new AssayError('start.failed', `The file of the migration ${migration.name} was changed after it had been applied.`, {
      hint: 'Restore prisma/migrations as it was, and make the change in a new migration.',
    });
  }
  return true;
}

function refuseUnknown(applied: ReadonlyMap<string, AppliedRow>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...applied.keys()].find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new AssayError('start.failed', `The database holds the migration ${unknown}, which this version of Assay does not know.`, {
    hint: 'The database was used by a newer Assay: start that version, or restore a backup.',
  });
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const startedAt = new Date();
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations"
         (id, checksum, finished_at, migration_name, logs, rolled_back_at, started_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, NULL, NULL, $5, 1)`,
      [randomUUID(), migration.checksum, new Date(), migration.name, startedAt],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('start.failed', `The migration ${migration.name} failed and was rolled back: ${reason}.`, { cause });
  }
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 15_000 });
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('database.unavailable', `The database cannot be reached: ${reason}.`, {
      hint: 'Check DATABASE_URL and that the server runs.',
      cause,
    });
  }
}
