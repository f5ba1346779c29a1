import { randomBytes, randomUUID } from 'node:crypto';
import type { ProjectRole } from '@/lib/api/contracts/common';
import type { Actor } from '@/lib/auth/actor';
import { createSignInLink } from '@/lib/auth/sign-in-link';
import type { Prisma, PrismaClient, Sample } from '@/lib/store/generated/client';
import type { ServiceContext } from '../context';

/** Makes people, projects and samples for tests of the services and doors. */
export class World {
  constructor(readonly store: PrismaClient) {}

  /** An account. */
  async person(name: string, options: { isAdmin?: boolean } = {}): Promise<Actor> {
    const email = `${name.toLowerCase()}.${randomBytes(4).toString('hex')}@example.org`;
    const user = await this.store.user.create({ data: { id: randomUUID(), name, email, emailVerified: true, isAdmin: options.isAdmin ?? false } });
    return { userId: user.id, name, email, isAdmin: user.isAdmin };
  }

  /** What a service gets when `actor` calls it. */
  context(actor: Actor): ServiceContext {
    return { actor, requestId: randomUUID(), store: this.store, signal: new AbortController().signal };
  }

  /** A project with these members. */
  async project(members: readonly (readonly [Actor, ProjectRole])[] = []): Promise<string> {
    const { id } = await this.store.project.create({
      data: {
        name: `Project ${randomBytes(6).toString('hex')}`,
        objectName: 'metal plate',
        members: { create: members.map(([actor, role]) => ({ userId: actor.userId, role })) },
      },
    });
    return id;
  }

  /** A sample, auxiliary unless told otherwise; its blobs do not exist. */
  sample(projectId: string, fields: Partial<Prisma.SampleUncheckedCreateInput> = {}): Promise<Sample> {
    const hash = () => randomBytes(32).toString('hex');
    return this.store.sample.create({
      data: {
        projectId,
        sha256: hash(),
        fileName: 'scratch_000.png',
        folder: 'auxiliary',
        role: 'auxiliary',
        width: 64,
        height: 48,
        format: 'png',
        bytes: 1234,
        thumbnailSha256: hash(),
        ...fields,
      },
    });
  }

  /** Signs `actor` in with a one-time link and answers the Cookie header of the session. */
  async cookie(actor: Actor, handler: (request: Request) => Promise<Response>, baseUrl: string): Promise<string> {
    const link = new URL(await createSignInLink({ baseUrl, email: actor.email }, this.store));
    const response = await handler(
      new Request(`${baseUrl}/api/auth/sign-in/link`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: baseUrl },
        body: JSON.stringify({ token: link.searchParams.get('token') }),
      }),
    );
    if (!response.ok) throw new Error(`sign-in failed: ${response.status} ${await response.text()}`);
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }
}
