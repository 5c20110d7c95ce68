/** The most that one count may cost, and the rules allow. */
export const COUNT_LIMIT = 100
