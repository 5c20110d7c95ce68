import { z } from 'zod'
import { askGemini, type Gemini } from './ask-gemini.ts'
import { type DemoRequest, type DemoSet, demoSet } from './demo-set.ts'

/** Records that one question is about: few enough for an answer to be whole. */
const AT_ONCE = 10

/** A model's text is foreign input: no links, no addresses, no markup. */
const words = (longest: number) =>
  z
    .string()
    .trim()
    .min(2)
    .max(longest)
    .refine((text) => !/https?:|www\.|@|<[a-z/!]/i.test(text), 'a link, an address or markup')
const skills = z.array(words(60)).min(1).max(10)

const JobWords = z.object({ title: words(100), description: words(2000), skills })
const CandidateWords = z.object({ desiredPosition: words(100), primarySkill: words(60), skills })

const RULES = `Everything is invented; nobody real is meant. Use the language of each record. No links, no addresses, no markup, no
promises; no age, gender, origin, religion, health or family. Answer one JSON array with exactly one element per record, in their
order.`

const JOBS = `Rewrite these job openings for a demonstration of a recruiting product, so that no two read alike: a plain title, a
description of two or three short paragraphs, and the skills that it asks for.`
const CANDIDATES = `Rewrite these candidates for a demonstration of a recruiting product, so that no two are alike: the position that
they want, their primary skill, and all of their skills.`

interface Telling {
  at: (done: number) => void
}

/**
 * The generator's records with the words of a model: titles, descriptions, skills and positions. Ids, places, pay, consent, names and
 * addresses stay the generator's, so that nothing of it reaches a real person or site. Throws Failure.
 */
export async function geminiSet(gemini: Gemini, request: DemoRequest, progress: Telling): Promise<DemoSet> {
  const base = demoSet(request)
  let done = 0
  const tell = (n: number): void => {
    done += n
    progress.at(done)
  }
  const jobs = await reworded(gemini, JOBS, base.jobs, JobWords, (job) => job, tell)
  const candidates = await reworded(gemini, CANDIDATES, base.candidates, CandidateWords, anonymous, tell)
  return { jobs: jobs.map(renamed), candidates: candidates.map(renamed) }
}

/** What a model wrote never takes the place of what the generator wrote. */
const renamed = <R extends { externalId: string }>(record: R): R => ({
  ...record,
  externalId: record.externalId.replace(/^demo-/, 'gemini-'),
})

async function reworded<R extends object, W extends object>(
  gemini: Gemini,
  task: string,
  records: readonly R[],
  shape: z.ZodType<W>,
  told: (record: R) => object,
  tell: (n: number) => void,
): Promise<R[]> {
  const all: R[] = []
  for (let at = 0; at < records.length; at += AT_ONCE) {
    const batch = records.slice(at, at + AT_ONCE)
    const prompt = `${task}\n${RULES}\n<records>${JSON.stringify(batch.map(told))}</records>`
    const answers = await askGemini(gemini, prompt, z.array(shape).length(batch.length))
    all.push(...batch.map((record, i) => ({ ...record, ...answers[i] })))
    tell(batch.length)
  }
  return all
}

/** Even an invented person's name and address are none of a model's business. */
const anonymous = ({ name: _, email: __, phone: ___, ...profile }: DemoSet['candidates'][number]): object => profile
