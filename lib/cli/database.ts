import { env, setEnvironment } from '@/lib/env';
import { migrateDatabase } from '@/lib/store/migrate/migrate';
import { startEmbeddedPostgres, type EmbeddedServer } from '@/lib/store/embedded/server';

/** The database of a running Assay. */
export type RunningDatabase = { stop(): Promise<void> };

const restartDelaysMs = [0, 1_000, 3_000, 10_000] as const;

/**
 * Brings up a migrated database for as long as Assay runs, and sets DATABASE_URL. An embedded server that crashes
 * is started again on its old port, so that web and worker reconnect by themselves.
 * @param onGiveUp told when it does not come back
 */
export async function startDatabase(onGiveUp: (error: unknown) => void): Promise<RunningDatabase> {
  const { databaseUrl, dataDir } = env();
  if (databaseUrl !== undefined) {
    await migrateDatabase({ databaseUrl });
    return { stop: async () => undefined };
  }
  let server = await startEmbeddedPostgres({ dataDir });
  let stopping = false;
  setEnvironment({ DATABASE_URL: server.url });
  watch(server);
  const stop = async () => {
    stopping = true;
    await server.stop();
  };
  await migrateDatabase({ databaseUrl: server.url }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { stop };

  function watch(watched: EmbeddedServer): void {
    void watched.exited.then(() => (stopping ? undefined : restart(Number(new URL(watched.url).port), 0)));
  }

  async function restart(port: number, attempt: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, restartDelaysMs[attempt]));
    if (stopping) return;
    try {
      server = await startEmbeddedPostgres({ dataDir, port });
      watch(server);
    } catch (error) {
      if (attempt + 1 === restartDelaysMs.length) return onGiveUp(error);
      await restart(port, attempt + 1);
    }
  }
}
