import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { getPromptSelection } from '@/lib/services/prompt-selections';

export const GET = route(routes.promptSelection, getPromptSelection);
