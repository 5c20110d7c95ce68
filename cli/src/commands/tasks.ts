import type { Command } from 'commander'
import { idOf, takesId } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { list, takesPage } from '../page.ts'
import type { Task } from '../sync.ts'
import { does } from '../verb.ts'

export function tasksCommands(program: Command, cli: Cli): void {
  const tasks = program.command('tasks').description('work that goes on, and work that was given up')

  does(takesPage(tasks.command('list').description('all of it')), async (command) => {
    await list<Task>(cli, command, {
      path: '/v1/tasks',
      nothing: 'Nothing is under way, and nothing was given up.',
      columns: [
        { head: 'ID', of: (t) => t.id },
        { head: 'STATE', of: (t) => t.state },
        { head: 'KIND', of: (t) => t.kind },
        { head: 'SUBJECT', of: (t) => t.subject, wide: true },
        { head: 'TRIES', of: (t) => t.attempts, align: 'right' },
        { head: 'NEXT', of: (t) => cli.out.format.instant(t.wakeAt) },
        { head: 'LAST ERROR', of: (t) => t.lastError, wide: true },
      ],
    })
  })

  does(takesId(tasks.command('redrive').description('try again what was given up'), 'failed task'), async (command) => {
    const path = `/v1/tasks/${encodeURIComponent(idOf(command))}/redrive`
    const answer = await cli.api().send<{ id: string; state: string }>({ method: 'POST', path, body: {} })
    cli.out.result(answer, () => `${answer.id} runs again.`)
  })
}
