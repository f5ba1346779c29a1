import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { receiveArchive } from '@/lib/services/upload-files';

export const PUT = route(routes.putArchive, (context, input, request) => receiveArchive(context, input, request.body));
