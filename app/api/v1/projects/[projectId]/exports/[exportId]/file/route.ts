import { routes } from '@/lib/api/contracts/routes';
import { downloadResponse } from '@/lib/api/download';
import { route } from '@/lib/api/route';
import { exportDownload } from '@/lib/services/exports';

export const GET = route(routes.exportFile, async (context, input, request) => {
  const download = await exportDownload(context, input);
  return downloadResponse(request, download, download.contentType);
});
