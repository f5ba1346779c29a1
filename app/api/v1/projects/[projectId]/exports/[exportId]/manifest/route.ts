import { routes } from '@/lib/api/contracts/routes';
import { jsonStream } from '@/lib/api/respond';
import { route } from '@/lib/api/route';
import { exportManifest } from '@/lib/services/exports';

export const GET = route(routes.exportManifest, async (context, input) => jsonStream(await exportManifest(context, input)));
