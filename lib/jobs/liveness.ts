import { Client, type QueryResult, type QueryResultRow } from 'pg';
import { logger } from '@/lib/logger';

const log = logger('jobs');

/** A lock taken this recently may belong to a worker whose liveness lock is still on its way. */
const GRACE = '5 seconds';

/**
 * Tells living workers from dead ones. Each worker process holds a session-level advisory lock named as its jobs are
 * locked; PostgreSQL drops it the moment the process dies, however it died. Jobs locked under a name whose
 * advisory lock is free are given back to the queue. (graphile-worker alone waits four hours.)
 */
export class WorkerLiveness {
  /** One connection answers one query at a time. */
  private last: Promise<unknown> = Promise.resolve();

  private constructor(private readonly client: Client) {}

  static async open(databaseUrl: string): Promise<WorkerLiveness> {
    const client = new Client({ connectionString: databaseUrl, keepAlive: true });
    await client.connect();
    return new WorkerLiveness(client);
  }

  /** Called when the connection is lost: the locks are gone, so the process must not go on. */
  onLost(handler: (error: Error) => void): void {
    this.client.on('error', handler);
  }

  async declareAlive(workerId: string): Promise<void> {
    await this.query('SELECT pg_advisory_lock(hashtextextended($1, 1))', [workerId]);
  }

  /** Gives the jobs of dead workers back to the queue; answers how many workers were dead. */
  async releaseDeadWorkers(): Promise<number> {
    const { rows } = await this.query<{ lockedBy: string }>(
      `SELECT DISTINCT locked_by AS "lockedBy" FROM (
         SELECT locked_by, locked_at FROM graphile_worker._private_jobs
         UNION ALL SELECT locked_by, locked_at FROM graphile_worker._private_job_queues
       ) held WHERE locked_by IS NOT NULL AND locked_at < now() - $1::interval`,
      [GRACE],
    );
    let dead = 0;
    for (const { lockedBy } of rows) if (await this.releaseIfDead(lockedBy)) dead += 1;
    return dead;
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  private query<Row extends QueryResultRow>(text: string, values: unknown[]): Promise<QueryResult<Row>> {
    const answer = this.last.then(() => this.client.query<Row>(text, values));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  private async releaseIfDead(workerId: string): Promise<boolean> {
    // An own lock can be taken again (they count up), so ask whether any session holds it.
    const { rows } = await this.query<{ held: boolean }>(
      `SELECT EXISTS (
         SELECT 1 FROM pg_locks, (SELECT hashtextextended($1, 1) AS key) wanted
         WHERE locktype = 'advisory' AND granted AND objsubid = 1
           AND ((classid::bigint << 32) | objid::bigint) = wanted.key
       ) AS held`,
      [workerId],
    );
    if (rows[0]?.held !== false) return false;
    log.warn({ workerId }, 'a worker died; its jobs go back to the queue');
    await this.query('SELECT graphile_worker.force_unlock_workers($1::text[])', [[workerId]]);
    return true;
  }
}
