/** Bytes of a request: a group of 50 000 members is one. */
export const LARGEST_BODY = 8 * 1024 * 1024;
export const LARGEST_BULK = 2 * 1024 * 1024;
/** Operations of one bulk request. */
export const MOST_OPERATIONS = 1000;
