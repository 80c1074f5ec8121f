/** A database that does not hold together, or is not as this Lanyard left it. */
export class Damaged extends Error {}
