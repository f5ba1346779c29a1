import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import { setEnvironment } from '@/lib/env';
import './postgres.global';
import { createTestDatabase } from './postgres';

/** What a test file gets for itself. */
export type FreshDatabase = {
  /** URL of a migrated, empty database; DATABASE_URL is set to it. */
  url: string;
  /** An empty data folder; ASSAY_DATA_DIR is set to it. */
  dataDir: string;
  /** Removes both. Close every client of the database first. */
  drop: () => Promise<void>;
};

/**
 * Gives a test file its own migrated database and data folder, and points the environment of this process at them.
 * Call it in `beforeAll` and `drop()` in `afterAll`:
 *
 *     let database: FreshDatabase;
 *     beforeAll(async () => { database = await freshDatabase(); });
 *     afterAll(() => database.drop());
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { url, drop } = await createTestDatabase(inject('testServer'));
  const dataDir = await mkdtemp(path.join(tmpdir(), 'assay-data-'));
  setEnvironment({ DATABASE_URL: url, ASSAY_DATA_DIR: dataDir, NODE_ENV: 'test', LOG_LEVEL: 'silent', ASSAY_SECRET: 'x'.repeat(32) });
  const dropBoth = async () => {
    await drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url, dataDir, drop: dropBoth };
}
