import type { TestProject } from 'vitest/node';
import { startTestPostgres, type TestServer } from './postgres';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** Starts the PostgreSQL of the integration tests and tells the test files where it is. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startTestPostgres();
  project.provide('testServer', server);
  return stop;
}
