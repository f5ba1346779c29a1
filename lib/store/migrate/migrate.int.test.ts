import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AssayError } from '@/lib/errors';
import { freshDatabase, type FreshDatabase } from '../testing/fresh-database';
import { migrateDatabase } from './migrate';
import { migrationsFolder } from './migrations';

type Row = Record<string, unknown>;

let database: FreshDatabase;
let client: pg.Client;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-migrations-'));
  await cp(migrationsFolder(), folder, { recursive: true });
  return () => rm(folder, { recursive: true });
});

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name));
  await writeFile(path.join(folder, name, 'migration.sql'), sql);
}

async function rows(sql: string): Promise<Row[]> {
  return (await client.query<Row>(sql)).rows;
}

async function refusal(): Promise<AssayError> {
  return migrateDatabase({ databaseUrl: database.url, folder }).then(
    () => expect.fail('the migration was not refused'),
    (error: unknown) => (error instanceof AssayError ? error : expect.fail(String(error))),
  );
}

describe('migrateDatabase', () => {
  it('fills the bookkeeping as Prisma does and does nothing the second time', async () => {
    const sql = await readFile(path.join(folder, '0001_init', 'migration.sql'));
    const [row] = await rows(`SELECT * FROM "_prisma_migrations" WHERE migration_name = '0001_init'`);
    expect(row).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      checksum: createHash('sha256').update(sql).digest('hex'),
      finished_at: expect.any(Date),
      started_at: expect.any(Date),
      logs: null,
      rolled_back_at: null,
      applied_steps_count: 1,
    });
    expect(await migrateDatabase({ databaseUrl: database.url, folder })).toEqual([]);
  });

  it('installs the job queue', async () => {
    expect(await rows('SELECT * FROM graphile_worker.jobs')).toEqual([]);
  });

  it('rolls a failing migration back whole and applies the repaired file later', async () => {
    await addMigration('9001_broken', 'CREATE TABLE half_made (id int); SELECT no_such_column FROM half_made;');
    const error = await refusal();
    expect(error.code).toBe('start.failed');
    expect(error.message).toContain('9001_broken');
    expect(error.message).toContain('no_such_column');
    expect(await rows(`SELECT 1 FROM pg_tables WHERE tablename = 'half_made'`)).toEqual([]);
    await writeFile(path.join(folder, '9001_broken', 'migration.sql'), 'CREATE TABLE half_made (id int);');
    expect(await migrateDatabase({ databaseUrl: database.url, folder })).toEqual(['9001_broken']);
    await client.query(`DROP TABLE half_made; DELETE FROM "_prisma_migrations" WHERE migration_name = '9001_broken'`);
  });

  it('applies each migration once when two processes start together', async () => {
    await addMigration('9002_twice', 'CREATE TABLE made_once (id int);');
    const done = await Promise.all([1, 2, 3].map(() => migrateDatabase({ databaseUrl: database.url, folder })));
    expect(done.flat()).toEqual(['9002_twice']);
    await client.query(`DROP TABLE made_once; DELETE FROM "_prisma_migrations" WHERE migration_name = '9002_twice'`);
  });

  it('refuses a file that was changed after it had been applied', async () => {
    const file = path.join(folder, '0001_init', 'migration.sql');
    await writeFile(file, `${await readFile(file, 'utf8')}-- changed\n`);
    expect((await refusal()).message).toBe('The file of the migration 0001_init was changed after it had been applied.');
  });

  it('refuses a database that a newer version has used', async () => {
    await rm(path.join(folder, '0001_init'), { recursive: true });
    expect((await refusal()).message).toContain('0001_init, which this version of Assay does not know');
  });

  it('says in one sentence that the server cannot be reached', async () => {
    const error = await migrateDatabase({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/none', folder }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'database.unavailable' });
  });
});
