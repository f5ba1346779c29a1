import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auth } from '@/lib/auth/auth';
import { projectNotFound } from '@/lib/auth/guard';
import { env } from '@/lib/env';
import { World } from '@/lib/services/testing/world';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { actionContractOf, type ServerAction } from './action';
import { actions, type ActionContract, type ActionName } from './contracts/actions';
import { problemSchema, type Problem } from './contracts/problem';
import { routes, type RouteContract, type RouteName } from './contracts/routes';
import { openApiDocument } from './openapi';
import { contractOf, type NextRoute } from './route';

const requestHeaders = vi.hoisted(() => ({ current: new Headers() }));
vi.mock('next/headers', () => ({ headers: async () => requestHeaders.current }));

type Least = 'anyone' | 'signed in' | 'viewer' | 'inspector' | 'lead' | 'admin';

/** The least that each route demands, written down independently of the contracts: a change there must be made here too. */
const routeDemands: Record<RouteName, Least> = {
  openapi: 'anyone',
  session: 'signed in',
  projects: 'signed in',
  projectOverview: 'viewer',
  members: 'viewer',
  history: 'viewer',
  historyPeople: 'viewer',
  replay: 'viewer',
  replayAccepted: 'viewer',
  users: 'admin',
  samples: 'viewer',
  sampleRows: 'viewer',
  samplesByHash: 'viewer',
  sampleFacets: 'viewer',
  sampleFacts: 'viewer',
  textMatches: 'viewer',
  tags: 'viewer',
  views: 'viewer',
  sample: 'viewer',
  sampleImage: 'viewer',
  sampleVector: 'viewer',
  uploads: 'lead',
  problemFiles: 'viewer',
  upload: 'lead',
  uploadFiles: 'lead',
  announceFiles: 'lead',
  putFile: 'lead',
  keepFile: 'lead',
  keepThumbnails: 'lead',
  putArchive: 'lead',
  putMetadata: 'lead',
  jobs: 'viewer',
  job: 'viewer',
  models: 'signed in',
  putModel: 'admin',
  modelCatalogue: 'signed in',
  textTowers: 'signed in',
  putModelFile: 'admin',
  modelFile: 'signed in',
  modelWeights: 'signed in',
  certificates: 'signed in',
  certify: 'signed in',
  missingSamples: 'lead',
  storeChunk: 'lead',
  featureSets: 'viewer',
  featureSetSamples: 'lead',
  featureSetVectors: 'lead',
  patchMap: 'viewer',
  runs: 'viewer',
  run: 'viewer',
  runColumns: 'viewer',
  score: 'viewer',
  otherScores: 'viewer',
  storeScores: 'lead',
  storeRun: 'lead',
  states: 'viewer',
  projections: 'viewer',
  projectionColumns: 'viewer',
  storeProjection: 'lead',
  generations: 'viewer',
  generation: 'viewer',
  generationSeeds: 'viewer',
  generationFeedback: 'viewer',
  generationPlan: 'viewer',
  storeGenerated: 'lead',
  storeGeneration: 'lead',
  prototypeSearches: 'viewer',
  prototypeSearch: 'viewer',
  prototypeTail: 'viewer',
  prototypeEstimate: 'viewer',
  keepAnalyses: 'viewer',
  keepAnalysis: 'viewer',
  keepAnalysisColumns: 'viewer',
  diversePicks: 'viewer',
  diversePick: 'viewer',
  diffusionModels: 'signed in',
  selections: 'viewer',
  selection: 'viewer',
  selectionMap: 'viewer',
  promptSelections: 'viewer',
  promptSelection: 'viewer',
  promptSelectionColumns: 'viewer',
  promptPools: 'viewer',
  zeroShotScore: 'viewer',
  experiments: 'viewer',
  experimentCandidates: 'lead',
  experiment: 'viewer',
  experimentResults: 'viewer',
  experimentCurves: 'viewer',
  reviewQueues: 'viewer',
  reviewQueue: 'viewer',
  reviewReport: 'inspector',
  exports: 'viewer',
  exportCount: 'viewer',
  exportManifest: 'lead',
  exportFile: 'lead',
  decisionLog: 'viewer',
  exportReport: 'lead',
};

const actionDemands: Record<ActionName, Least> = {
  createProject: 'signed in',
  updateProject: 'lead',
  deleteProject: 'lead',
  setMember: 'lead',
  removeMember: 'lead',
  createUser: 'admin',
  renewSignInLink: 'admin',
  setUserAdmin: 'admin',
  removeUser: 'admin',
  changeSamples: 'lead',
  deleteSamples: 'lead',
  openUpload: 'lead',
  setFolderRoles: 'lead',
  closeUpload: 'lead',
  cancelUpload: 'lead',
  retryUploadFile: 'lead',
  extractFeatures: 'lead',
  startBrowserExtraction: 'lead',
  endBrowserExtraction: 'lead',
  startPatchMaps: 'lead',
  downloadModel: 'admin',
  addModel: 'admin',
  removeModel: 'admin',
  startRuns: 'lead',
  startExperiment: 'lead',
  startGeneration: 'lead',
  startModelSelection: 'lead',
  startPromptSelection: 'lead',
  savePool: 'lead',
  importPool: 'lead',
  removePool: 'lead',
  endBrowserGeneration: 'lead',
  startPrototypeSearch: 'lead',
  startKeepAnalysis: 'lead',
  pickDiverse: 'inspector',
  startProjection: 'lead',
  endBrowserRun: 'lead',
  endBrowserProjection: 'lead',
  startExport: 'lead',
  endExport: 'lead',
  cancelJob: 'lead',
  retryJob: 'lead',
  decide: 'inspector',
  undo: 'inspector',
  startReviewQueue: 'inspector',
  closeReviewQueue: 'inspector',
  claimItems: 'inspector',
  answerItems: 'inspector',
  undoAnswer: 'inspector',
  decideMany: 'inspector',
  undoGroup: 'inspector',
  tagSamples: 'inspector',
  saveView: 'inspector',
  removeView: 'inspector',
  setPreferences: 'signed in',
  setPassword: 'signed in',
};

/** Callers, and what each of them satisfies. The stranger is signed in and a lead elsewhere. */
const callers = {
  anonymous: ['anyone'],
  stranger: ['anyone', 'signed in'],
  viewer: ['anyone', 'signed in', 'viewer'],
  inspector: ['anyone', 'signed in', 'viewer', 'inspector'],
  lead: ['anyone', 'signed in', 'viewer', 'inspector', 'lead'],
  admin: ['anyone', 'signed in', 'viewer', 'inspector', 'lead', 'admin'],
} as const satisfies Record<string, readonly Least[]>;
type Caller = keyof typeof callers;
const callerNames = Object.keys(callers) as Caller[];

type Outcome = 'allowed' | 'unauthenticated' | 'forbidden' | 'not found';

function expectedOutcome(caller: Caller, least: Least): Outcome {
  if ((callers[caller] as readonly Least[]).includes(least)) return 'allowed';
  if (caller === 'anonymous') return 'unauthenticated';
  return caller === 'stranger' && least !== 'admin' ? 'not found' : 'forbidden';
}

/** What the guard said; any answer or refusal from behind the guard counts as allowed. */
function outcomeOf(problem: Problem | null): Outcome {
  if (problem?.code === 'request.unauthenticated') return 'unauthenticated';
  if (problem?.code === 'request.forbidden') return 'forbidden';
  return problem?.detail === projectNotFound().message ? 'not found' : 'allowed';
}

const root = path.resolve(import.meta.dirname, '../..');
const load = async (file: string) => (await import(pathToFileURL(path.join(root, file)).href)) as Record<string, unknown>;
const sources = readdirSync(path.join(root, 'app'), { recursive: true, encoding: 'utf8' })
  .map((file) => path.join('app', file))
  .filter((file) => /\.tsx?$/.test(file))
  .toSorted();
const routeFiles = sources.filter((file) => file.startsWith('app/api/v1/'));
const actionFiles = sources.filter((file) => /^['"]use server['"]/m.test(readFileSync(path.join(root, file), 'utf8')));

const handlers = new Map<RouteContract, NextRoute>();
const calls = new Map<ActionContract, ServerAction<ActionContract>>();
const cookies = new Map<Caller, string>();
let database: FreshDatabase;
let projectId: string;

beforeAll(async () => {
  database = await freshDatabase();
  for (const file of routeFiles) {
    for (const [, handler] of Object.entries(await load(file))) {
      const contract = contractOf(handler);
      if (contract) handlers.set(contract, handler as NextRoute);
    }
  }
  for (const file of actionFiles) {
    for (const [, call] of Object.entries(await load(file))) {
      const contract = actionContractOf(call);
      if (contract) calls.set(contract, call as ServerAction<ActionContract>);
    }
  }
  const world = new World(store());
  const [viewer, inspector, lead] = [await world.person('Viewer'), await world.person('Inspector'), await world.person('Lead')];
  const [stranger, admin] = [await world.person('Stranger'), await world.person('Admin', { isAdmin: true })];
  projectId = await world.project([[viewer, 'viewer'], [inspector, 'inspector'], [lead, 'lead']]);
  await world.project([[stranger, 'lead']]);
  for (const [name, actor] of Object.entries({ stranger, viewer, inspector, lead, admin })) {
    cookies.set(name as Caller, await world.cookie(actor, (request) => auth().handler(request), env().baseUrl));
  }
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

function headersOf(caller: Caller): Headers {
  const cookie = cookies.get(caller);
  return new Headers({ origin: env().baseUrl, ...(cookie === undefined ? {} : { cookie }) });
}

/** Calls a route with ids that exist nowhere but the project's, and a body that is no valid one. */
async function callRoute(contract: RouteContract, headers: Headers, project = projectId): Promise<Response> {
  const handler = handlers.get(contract);
  if (handler === undefined) throw new Error(`No file exports ${contract.method} ${contract.path}`);
  const absent = '00000000-0000-4000-8000-000000000000';
  const params = Object.fromEntries(Object.keys(contract.params?.shape ?? {}).map((key) => [key, key === 'projectId' ? project : absent]));
  const url = `${env().baseUrl}/api/v1${contract.path.replaceAll(/\{(\w+)\}/g, (_, key: string) => params[key] ?? '')}`;
  const request = new Request(url, { method: contract.method, headers, ...(contract.method === 'GET' ? {} : { body: '{}' }) });
  return handler(request, { params: Promise.resolve(params) });
}

async function problemIn(response: Response): Promise<Problem | null> {
  if (response.ok) {
    await response.body?.cancel();
    return null;
  }
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return problemSchema.parse(await response.json());
}

describe('routes', () => {
  it('are made by route(), every export of every file, under the path and method of their contract', async () => {
    for (const file of routeFiles) {
      for (const [method, handler] of Object.entries(await load(file))) {
        const contract = contractOf(handler);
        const place = path.dirname(file).replace('app/api/v1', '').replaceAll(/\[(\w+)\]/g, '{$1}');
        expect({ file, method, path: place }).toEqual({ file, method: contract?.method, path: contract?.path });
      }
    }
  });

  it('have a file for each contract', () => {
    const missing = Object.entries(routes).filter(([, contract]) => !handlers.has(contract)).map(([name]) => name);
    expect(missing).toEqual([]);
  });

  describe.each(Object.entries(routeDemands) as [RouteName, Least][])('%s demands %s', (name, least) => {
    it.each(callerNames)('%s', async (caller) => {
      const problem = await problemIn(await callRoute(routes[name], headersOf(caller)));
      expect(outcomeOf(problem)).toBe(expectedOutcome(caller, least));
    });
  });

  it('answer a foreign project as one that does not exist', async () => {
    const foreign = await problemIn(await callRoute(routes.samples, headersOf('stranger')));
    const absent = await problemIn(await callRoute(routes.samples, headersOf('stranger'), '00000000-0000-4000-8000-00000000dead'));
    const noId = await problemIn(await callRoute(routes.samples, headersOf('stranger'), 'nonsense'));
    expect({ ...foreign, requestId: '' }).toEqual({ ...absent, requestId: '' });
    expect({ ...foreign, requestId: '' }).toEqual({ ...noId, requestId: '' });
    expect(foreign?.status).toBe(404);
  });

  it('say which role is needed', async () => {
    const problem = await problemIn(await callRoute(routes.exportFile, headersOf('viewer')));
    expect(problem).toMatchObject({ status: 403, detail: 'Only a lead of this project may do this; your role is viewer.' });
  });
});

describe('actions', () => {
  it('are made by action(), every export of every file, under their name', async () => {
    for (const file of actionFiles) {
      for (const [name, call] of Object.entries(await load(file))) {
        expect({ file, name, same: actionContractOf(call) === (actions as Record<string, ActionContract>)[name] }).toEqual({ file, name, same: true });
      }
    }
  });

  it('have an export for each contract', () => {
    const missing = Object.entries(actions).filter(([, contract]) => !calls.has(contract)).map(([name]) => name);
    expect(missing).toEqual([]);
  });

  describe.each(Object.entries(actionDemands) as [ActionName, Least][])('%s demands %s', (name, least) => {
    it.each(callerNames)('%s', async (caller) => {
      requestHeaders.current = headersOf(caller);
      const call = calls.get(actions[name]);
      if (call === undefined) throw new Error(`No file exports ${name}`);
      const result = await call({ projectId });
      expect(outcomeOf(result.ok ? null : result.problem)).toBe(expectedOutcome(caller, least));
    });
  });
});

describe('OpenAPI document', () => {
  it('is served, and describes every route that has a file and no other', async () => {
    const response = await callRoute(routes.openapi, new Headers());
    const document = (await response.json()) as { openapi: string; paths: Record<string, Record<string, { operationId: string }>> };
    expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
    expect(document.openapi).toBe('3.1.0');
    const described = Object.entries(document.paths).flatMap(([place, methods]) => Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${place}`));
    const served = [...handlers.keys()].map((contract) => `${nameOf(contract)} ${contract.method} ${contract.path}`);
    expect(described.toSorted()).toEqual(served.toSorted());
  });

  it('lists exactly the parameters that the zod schemas take', () => {
    const { paths } = openApiDocument() as { paths: Record<string, Record<string, { parameters: { name: string; in: string; required: boolean }[] }>> };
    for (const contract of Object.values<RouteContract>(routes)) {
      const parameters = paths[contract.path]?.[contract.method.toLowerCase()]?.parameters ?? [];
      const names = (place: string) => parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
      expect(names('path')).toEqual([...contract.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
      expect(names('query')).toEqual(Object.keys(contract.query?.shape ?? {}));
      for (const { name, in: place, required } of parameters) {
        const field = place === 'path' ? contract.params?.shape[name] : contract.query?.shape[name];
        expect({ name, required }).toEqual({ name, required: !(field as { safeParse: (v: unknown) => { success: boolean } }).safeParse(undefined).success });
      }
    }
  });
});

function nameOf(contract: RouteContract): string {
  return Object.entries<RouteContract>(routes).find(([, other]) => other === contract)?.[0] ?? 'unknown';
}
