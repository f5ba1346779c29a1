import { routes } from '@/lib/api/contracts/routes';
import { attachment } from '@/lib/api/respond';
import { route } from '@/lib/api/route';
import { acceptedAt } from '@/lib/services/replay';

export const GET = route(routes.replayAccepted, async (context, input) => {
  const text = await acceptedAt(context, input);
  const name = `accepted-${input.at.replaceAll(/[:.]/g, '-')}.csv`;
  return new Response(text, { headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': attachment(name), 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' } });
});
