import { PrismaPg } from '@prisma/adapter-pg';
import { requireDatabaseUrl } from '@/lib/env';
import { PrismaClient } from './generated/client';

const holder = globalThis as typeof globalThis & { assayStore?: { readonly databaseUrl: string; readonly client: PrismaClient } };

/** Opens a client on `databaseUrl`; the caller disconnects it. */
export function openStore(databaseUrl: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl }) });
}

/** The process's one client of its database (kept across hot reloads in development). */
export function store(): PrismaClient {
  const databaseUrl = requireDatabaseUrl();
  if (holder.assayStore?.databaseUrl !== databaseUrl) holder.assayStore = { databaseUrl, client: openStore(databaseUrl) };
  return holder.assayStore.client;
}

/** A client inside a transaction. */
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];
