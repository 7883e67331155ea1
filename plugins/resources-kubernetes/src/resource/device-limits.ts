/** How a request says how many devices it wants. */
export const ALLOCATION_MODES: readonly string[] = ["All", "ExactCount"];

/** How many of each a claim, its parts and what it got may have. */
export const MAX_REQUESTS = 32;
export const MAX_ALTERNATIVES = 8;
export const MAX_CONSTRAINTS = 32;
export const MAX_CONFIGS = 32;
export const MAX_SELECTORS = 32;
export const MAX_BINDING_CONDITIONS = 4;
export const MAX_RESULTS = 32;
export const MAX_RESULT_CONFIGS = 64;
export const MAX_CONSUMERS = 256;
export const MAX_IPS = 16;

/** How many of each a slice and its devices may have. */
export const MAX_DEVICE_COUNTER_SETS = 2;
export const MAX_COUNTER_SETS = 8;
