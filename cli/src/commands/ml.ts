import type { Command } from 'commander'
import { given, wholeNumber } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { plain } from '../format.ts'
import { does, examples } from '../verb.ts'
import { evidenceText, type SegmentWithEvidence } from '../views/segment.ts'

interface Training {
  version: string
  k: number
  n: number
  inertia: number
  engine: string
  segments: { id: string; name: { es: string; en: string }; size: number }[]
}

interface Prediction {
  assigned?: number
  changed?: number
  segment?: string
  distance?: number
  name?: { es: string; en: string } | null
}

export function mlCommands(program: Command, cli: Cli): void {
  const ml = program.command('ml').description('segments: trained from candidates, explained by what sets them apart')
  const { format } = cli.out

  const trained = ml
    .command('train')
    .description('train a new model, name its segments and assign every candidate')
    .option('--clusters <k>', 'how many segments', wholeNumber(1))
    .option('--seed <n>', 'the same candidates and seed give the same segments', wholeNumber(0))
  examples(trained, ['ml train --clusters 5 --seed 42'])
  does(trained, async (command) => {
    const { clusters, seed } = command.opts<{ clusters?: number; seed?: number }>()
    const body = given({ clusters, seed })
    const training = await cli
      .api()
      .send<Training>({ method: 'POST', path: '/v1/models/train', body, timeoutMs: 300_000 })
    cli.out.result(training, () => {
      const { version, k, n, inertia, engine, segments } = training
      const facts = `${version}: ${k} segments of ${format.integer(n)} candidates, inertia ${format.decimal(inertia, 4)}, by ${engine}`
      const rows = cli.out.table<Training['segments'][number]>(
        [
          { head: 'SEGMENT', of: (s) => s.id },
          { head: 'SIZE', of: (s) => format.integer(s.size), align: 'right' },
          { head: 'NAME', of: (s) => s.name.en, wide: true },
          { head: 'NOMBRE', of: (s) => s.name.es, wide: true },
        ],
        segments,
      )
      return `${plain(facts)}\n\n${rows}`
    })
  })

  const predicted = ml
    .command('predict')
    .description('say which segment candidates belong to, by the current model or an older one')
    .option('--model <version>', 'an older model')
    .option('--candidate <id>', 'one candidate only; all of them without it')
  does(predicted, async (command) => {
    const { model, candidate } = command.opts<{ model?: string; candidate?: string }>()
    const body = given({ model, candidate })
    const answer = await cli
      .api()
      .send<Prediction>({ method: 'POST', path: '/v1/models/predict', body, timeoutMs: 300_000 })
    cli.out.result(answer, () =>
      candidate
        ? plain(
            `${candidate} belongs to ${answer.name?.en ?? answer.segment ?? 'no segment'}, distance ${format.decimal(answer.distance)}.`,
          )
        : `${format.integer(answer.assigned)} assigned, ${format.integer(answer.changed)} of them anew.`,
    )
  })

  does(ml.command('analyze').description('what sets each segment apart'), async () => {
    const path = '/v1/models/analysis'
    const analysis = await cli.api().send<{ model: string | null; segments: SegmentWithEvidence[] }>({ path })
    cli.out.result(analysis, () =>
      analysis.segments.length === 0
        ? 'No segments yet: adflux ml train'
        : analysis.segments.map((segment) => evidenceText(cli.out, segment)).join('\n\n'),
    )
  })
}
