/** A stable name of what went wrong; `strings/` has words for each. */
export type ErrorCode = string;
