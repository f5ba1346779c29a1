/** The signed-in person on whose behalf something is done. */
export type Actor = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  /** May do everything in every project, and manage users and models. */
  readonly isAdmin: boolean;
  /** Session that carries the request; absent where the program acts for someone (command line, tests). */
  readonly sessionId?: string;
};
