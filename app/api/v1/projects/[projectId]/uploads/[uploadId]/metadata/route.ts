import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { receiveMetadata } from '@/lib/services/upload-files';

export const PUT = route(routes.putMetadata, (context, input, request) => receiveMetadata(context, input, request.body));
