import { PrismaPg } from '@prisma/adapter-pg';
import { requireDatabaseUrl } from '@/lib/env';
import { PrismaClient } from './generated/client';

const holder = globalThis as typeof globalThis & { assayStore?: PrismaClient };

/** Opens a client on `databaseUrl`; the caller disconnects it. */
export function openStore(databaseUrl: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl }) });
}

/** The process's one client (kept across hot reloads in development). */
export function store(): PrismaClient {
  holder.assayStore ??= openStore(requireDatabaseUrl());
  return holder.assayStore;
}

/** A client inside a transaction. */
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];
