/** The segments of the current model, in the model's order. */
export const ACTIVE_SEGMENTS = {
  path: 'segments',
  where: [['active', '==', true]],
  order: ['cluster', 'asc'],
  limit: 50,
} as const
