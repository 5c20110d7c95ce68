import { notFound } from '#domain/errors.ts'
import { Id } from '#domain/ids.ts'
import type { DeadLetter } from '#domain/machinery.ts'
import type { Ports } from '#functions/ports/index.ts'

/** Work that was given up; its kind says which capability does it again. Throws `not_found`. */
export async function findLetter({ store }: Pick<Ports, 'store'>, org: string, id: string): Promise<DeadLetter> {
  const letter = Id.safeParse(id).success ? await store.get(org, 'deadLetters', id) : undefined
  if (!letter) throw notFound('failed task', id)
  return letter
}
