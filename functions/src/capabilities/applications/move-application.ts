import type { Application, Stage } from '#domain/candidate.ts'
import { notFound } from '#domain/errors.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'

/** Puts an application into another stage; where it is already, nothing happens. Recruiters go back as well as on. Throws `not_found`. */
export async function moveApplication(
  { store }: Pick<Ports, 'store'>,
  org: string,
  cause: Cause,
  name: string,
  stage: Stage,
): Promise<Application> {
  const { id } = await store.find(org, 'applications', name)
  return store.transact(org, cause, async (tx) => {
    const application = await tx.get('applications', id)
    if (!application) throw notFound('application', name)
    if (application.stage === stage) return application
    return tx.record('applications', { ...application, stage }, application, { action: 'application.moved' })
  })
}
