import type { Command } from 'commander'
import type { Notice } from '#domain/incident.ts'
import { idOf, takesId } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { list, takesPage } from '../page.ts'
import { does } from '../verb.ts'

export function noticesCommands(program: Command, cli: Cli): void {
  const notices = program.command('notices').description('what administrators were told, with what to do about it')

  const all = takesPage(notices.command('list').description('the newest first')).option('--unread', 'unread ones alone')
  does(all, async (command) => {
    const { unread } = command.opts<{ unread?: boolean }>()
    await list<Notice>(cli, command, {
      path: '/v1/notices',
      query: { unread: unread ? 'true' : undefined },
      nothing: unread ? 'No unread notices.' : 'No notices.',
      columns: [
        { head: 'ID', of: (n) => n.id },
        { head: 'AT', of: (n) => cli.out.format.instant(n.at) },
        { head: 'KIND', of: (n) => n.kind },
        { head: 'SUBJECT', of: (n) => n.subject, wide: true },
        { head: 'MESSAGE', of: (n) => n.message, wide: true },
        { head: 'DO', of: (n) => n.suggestedAction, wide: true },
        { head: 'READ', of: (n) => cli.out.format.instant(n.readAt) },
      ],
    })
  })

  does(takesId(notices.command('read').description('mark one as read'), 'notice'), async (command) => {
    const path = `/v1/notices/${encodeURIComponent(idOf(command))}/read`
    const notice = await cli.api().send<Notice>({ method: 'POST', path, body: {} })
    cli.out.result(notice, () => `${notice.id} is read.`)
  })
}
