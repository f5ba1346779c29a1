import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listGenerations } from '@/lib/services/generations';

export const GET = route(routes.generations, listGenerations);
