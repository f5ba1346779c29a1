import pg from 'pg';
import { env, setEnvironment } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { migrateDatabase } from '../migrate/migrate';
import { connectionUrl, readConnectionDetails } from './cluster';
import { tryLockDataFolder } from './data-lock';
import { waitUntil } from './process';
import { startEmbeddedPostgres } from './server';

/** A database that can be used until it is closed. */
export type OpenDatabase = { url: string; close(): Promise<void> };

const startingMs = 120_000;

/**
 * Gives a command a migrated database: the one of DATABASE_URL; or that of the Assay which runs on this data folder
 * now; or, where none runs, an embedded one that stops with `close`. Sets DATABASE_URL for this process.
 * @param command the name under which the data folder is locked
 */
export async function openDatabase(command: string): Promise<OpenDatabase> {
  const { databaseUrl, dataDir } = env();
  const database = databaseUrl === undefined ? await openEmbedded(dataDir, command) : await openGiven(databaseUrl);
  setEnvironment({ DATABASE_URL: database.url });
  return database;
}

async function openGiven(url: string): Promise<OpenDatabase> {
  await migrateDatabase({ databaseUrl: url });
  return { url, close: async () => undefined };
}

async function openEmbedded(dataDir: string, command: string): Promise<OpenDatabase> {
  const lock = await tryLockDataFolder(dataDir, command);
  if (!('release' in lock)) return { url: await runningServer(dataDir, lock.command), close: async () => undefined };
  try {
    const server = await startEmbeddedPostgres({ dataDir });
    const close = () => server.stop().finally(lock.release);
    await migrateDatabase({ databaseUrl: server.url }).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return { url: server.url, close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The holder of the folder may still be starting. */
async function runningServer(dataDir: string, holder: string): Promise<string> {
  let url = '';
  const found = await waitUntil(async () => {
    const details = await readConnectionDetails(dataDir);
    if (details === undefined || details.port === 0) return false;
    url = connectionUrl(details);
    return answers(url);
  }, startingMs);
  if (found) return url;
  throw new AssayError('database.unavailable', `"${holder}" holds ${dataDir}, but its database does not answer.`, {
    hint: 'Stop it and start it again.',
  });
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}
