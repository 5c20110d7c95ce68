import { DomainError } from '#domain/errors.ts'
import type { Model } from '#domain/segment.ts'
import type { Cause, Store } from '#functions/ports/store.ts'
import type { Described } from './describe-segments.ts'
import { STATE } from './read-model.ts'

/**
 * Model, segments and state in one commit: from here on, whoever arrives is labelled by the new model. Throws `conflict` where
 * another training ended since `previous` was read.
 */
export async function publishModel(
  store: Store,
  org: string,
  cause: Cause,
  previous: string | null,
  model: Omit<Model, 'schemaVersion'>,
  described: readonly Described[],
  readAt: string,
): Promise<void> {
  await store.transact(org, cause, async (tx) => {
    const state = await tx.get('training', STATE)
    if ((state?.current ?? null) !== previous)
      throw new DomainError('conflict', 'Another training ended meanwhile', { remedy: 'Look at its segments first.' })
    const earlier = await tx.find('segments', { where: { active: true }, limit: 500 })
    const why = `model ${model.id}`
    for (const [cluster, segment] of described.entries()) {
      const stored = earlier.find(({ id }) => id === segment.id)
      const draft = { ...segment, model: model.id, cluster, active: true }
      tx.record('segments', draft, stored, { action: stored ? 'segment.retrained' : 'segment.created', why })
    }
    for (const segment of earlier)
      if (!described.some(({ id }) => id === segment.id))
        tx.record('segments', { ...segment, active: false }, segment, { action: 'segment.retired', why })
    tx.create('models', model)
    tx.put('training', {
      id: STATE,
      current: model.id,
      candidatesAtTraining: model.population,
      readAt,
      assignedModel: state?.assignedModel ?? null,
      lastDecision: state?.lastDecision ?? null,
    })
    tx.emit('model.trained', [model.id])
  })
}
