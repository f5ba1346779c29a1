import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../embedded/server';
import { migrateDatabase } from '../migrate/migrate';

/** Two addresses on one server: where databases are made, and the migrated one they are copied from. */
export type TestServer = { adminUrl: string; templateName: string };

/**
 * A PostgreSQL for tests: the server of TEST_DATABASE_URL (whose user must be allowed to create databases), or an
 * embedded one in a temporary folder. The migrations are applied once, to a template database.
 */
export async function startTestPostgres(): Promise<{ server: TestServer; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  const { adminUrl, release } = given ? { adminUrl: given, release: async () => undefined } : await startTemporary();
  const templateName = `assay_template_${randomBytes(6).toString('hex')}`;
  await onServer(adminUrl, (client) => client.query(`CREATE DATABASE ${templateName}`));
  await migrateDatabase({ databaseUrl: withDatabase(adminUrl, templateName) });
  const stop = async () => {
    if (given) await dropDatabase(adminUrl, templateName);
    await release();
  };
  return { server: { adminUrl, templateName }, stop };
}

/** Copies the template: a migrated, empty database of one's own in some 50 ms. */
export async function createTestDatabase(server: TestServer): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `assay_test_${randomBytes(6).toString('hex')}`;
  await onServer(server.adminUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${server.templateName}`));
  return { url: withDatabase(server.adminUrl, name), drop: () => dropDatabase(server.adminUrl, name) };
}

async function startTemporary(): Promise<{ adminUrl: string; release: () => Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'assay-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir, disposable: true });
  const release = async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { adminUrl: postgres.urlOf('postgres'), release };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await onServer(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
}

async function onServer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
