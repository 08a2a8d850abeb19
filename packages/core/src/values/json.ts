/** A value that storage and Temporal keep unchanged. A member that is `undefined` counts as absent. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json | undefined };
