import { toAssayError } from '@/lib/errors';
import { checkHealth } from '@/lib/services/health';

export const dynamic = 'force-dynamic';

/** Open to everybody: it tells nothing but whether Assay is ready. */
export async function GET(): Promise<Response> {
  try {
    return Response.json(await checkHealth(), { headers: { 'cache-control': 'no-store' } });
  } catch (thrown) {
    const { status, code, message, hint } = toAssayError(thrown);
    const problem = { type: 'about:blank', title: 'Assay is not ready', status, code, detail: message, hint };
    return Response.json(problem, { status, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' } });
  }
}
