import { routes } from '@/lib/api/contracts/routes';
import { attachment, bodyOf } from '@/lib/api/respond';
import { route } from '@/lib/api/route';
import { decisionLog } from '@/lib/services/decision-log';

export const GET = route(routes.decisionLog, async (context, input) => {
  const { body, fileName, contentType } = await decisionLog(context, input);
  return new Response(bodyOf(body), { headers: { 'content-type': contentType, 'content-disposition': attachment(fileName), 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' } });
});
