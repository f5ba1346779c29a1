import { afterEach, describe, expect, it, vi } from 'vitest';
import { callAction, getColumns, getJson, ProblemError, sendBody, urlOf } from './client';
import { encodeColumns } from './contracts/columns';
import type { ActionResult, Problem } from './contracts/problem';
import { addresses } from './contracts/addresses';

const projectId = '019ab0c1-2d3e-7f40-8123-456789abcdef';
const problem: Problem = { type: 'urn:x', title: 'Not found', status: 404, code: 'request.not_found', detail: 'Gone.' };
const answerWith = (response: Response | Error) => {
  const fetched = vi.fn(async (_url: string, _init?: RequestInit) => {
    if (response instanceof Error) throw response;
    return response;
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
};
const codeOf = (work: Promise<unknown>) => work.then(() => 'succeeded', (thrown: unknown) => (thrown instanceof ProblemError ? thrown.code : thrown));

afterEach(() => vi.unstubAllGlobals());

describe('urlOf', () => {
  it('fills in the path and the query and leaves out what is not set', () => {
    expect(urlOf(addresses.samples, { params: { projectId }, query: { q: 'a b&c', role: undefined } })).toBe(`/api/v1/projects/${projectId}/samples?q=a+b%26c`);
    expect(urlOf(addresses.projects, {})).toBe('/api/v1/projects');
    expect(urlOf(addresses.projectOverview, { params: { projectId: '../x' } })).toBe('/api/v1/projects/..%2Fx');
  });
});

describe('reading', () => {
  it('answers JSON and columns', async () => {
    answerWith(Response.json({ projects: [] }));
    expect(await getJson(addresses.projects, {})).toEqual({ projects: [] });
    answerWith(new Response(encodeColumns({ rows: 1, columns: { x: { type: 'f32', data: new Float32Array([7]) } } })));
    const columns = await getColumns(addresses.runColumns, { params: { projectId, runId: projectId } });
    expect(columns.columns['x']?.data[0]).toBe(7);
  });

  it('throws the problem that the server explained, and one of its own when it did not', async () => {
    answerWith(Response.json(problem, { status: 404 }));
    await expect(getJson(addresses.projects, {})).rejects.toMatchObject({ problem, message: 'Gone.' });
    answerWith(new Response('<html>', { status: 502 }));
    await expect(getJson(addresses.projects, {})).rejects.toMatchObject({ problem: { status: 502, code: 'internal' } });
    answerWith(new TypeError('Failed to fetch'));
    expect(await codeOf(getJson(addresses.projects, {}))).toBe('request.unreachable');
  });

  it('lets an aborted request be just that', async () => {
    const aborted = new DOMException('aborted', 'AbortError');
    answerWith(aborted);
    expect(await codeOf(getJson(addresses.projects, { signal: AbortSignal.abort() }))).toBe(aborted);
  });
});

describe('sending', () => {
  it('sends objects as JSON and bytes as they are', async () => {
    const fetched = answerWith(Response.json({ samples: [] }));
    await sendBody(addresses.sampleRows, { params: { projectId }, body: { ids: [projectId] } });
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', body: JSON.stringify({ ids: [projectId] }) });
    const bytes = new Blob(['x']);
    const put = answerWith(Response.json({}));
    await sendBody(addresses.putFile, { params: { projectId, uploadId: projectId, fileId: projectId }, body: bytes });
    expect(put.mock.calls[0]?.[1]).toMatchObject({ method: 'PUT', body: bytes });
  });
});

describe('callAction', () => {
  it('unwraps values and throws problems', async () => {
    expect(await callAction(async (n: number): Promise<ActionResult<number>> => ({ ok: true, value: n + 1 }), 1)).toBe(2);
    expect(await codeOf(callAction(async (): Promise<ActionResult<number>> => ({ ok: false, problem }), undefined))).toBe('request.not_found');
  });

  it('tells a new build and a lost connection apart', async () => {
    const failing = (error: Error) => codeOf(callAction(async (): Promise<ActionResult<number>> => Promise.reject(error), undefined));
    expect(await failing(Object.assign(new Error('Server Action "7f" was not found on the server.'), { name: 'UnrecognizedActionError' }))).toBe('request.stale_client');
    expect(await failing(new Error('Failed to find Server Action "7f". This request might be from an older or newer deployment.'))).toBe('request.stale_client');
    expect(await failing(new TypeError('Failed to fetch'))).toBe('request.unreachable');
    expect(await codeOf(callAction(async () => undefined as unknown as ActionResult<number>, undefined))).toBe('request.stale_client');
  });
});
