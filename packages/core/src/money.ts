declare const money: unique symbol;

/** Whole minor units of a company's currency (cents), as a safe integer. JSON-shaped on purpose: a bigint survives neither JSON nor Temporal. */
export type Money = number & { readonly [money]: true };
