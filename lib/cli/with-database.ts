import { store } from '@/lib/store/client';
import { openDatabase } from '@/lib/store/embedded/open';

/**
 * Runs a command with a migrated database: the one of a running Assay, or the embedded one started for as long as the
 * command takes.
 * @param who named to others who want the data folder meanwhile
 */
export async function withDatabase<T>(who: string, command: () => Promise<T>): Promise<T> {
  const database = await openDatabase(who);
  try {
    return await command();
  } finally {
    await store().$disconnect();
    await database.close();
  }
}
