import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { receiveFile } from '@/lib/services/upload-files';

export const PUT = route(routes.putFile, (context, input, request) => receiveFile(context, input, request.body));
