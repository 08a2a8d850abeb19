/** What storage and Temporal keep as it is. A member that is `undefined` counts as one that is not there. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json | undefined };
