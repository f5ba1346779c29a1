/** Who is signed in, as far as the frame shows it. */
export type FrameUser = { readonly name: string; readonly email: string; readonly isAdmin: boolean; readonly mustSetPassword: boolean };
