import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { sessionOf } from '@/lib/services/account';

export const GET = route(routes.session, sessionOf);
