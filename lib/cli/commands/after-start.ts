import { createSignInLink } from '@/lib/auth/sign-in-link';

/**
 * What follows once web, worker and database run: the demo project is ordered, and the owner gets a link.
 * @returns the one-time sign-in link
 */
export async function afterStart({ baseUrl }: { baseUrl: string; demo: boolean }): Promise<string> {
  return createSignInLink({ baseUrl });
}
