import type { Incident } from '#domain/incident.ts'

export const dashboard = {
  title: 'Hoy',
  until: (day: string, zone: string) => `Datos hasta el ${day}. ${zone}.`,
  noData: 'Aún no hay cifras: aparecen con la primera sincronización de una campaña publicada.',
  range: 'Periodo',
  ranges: { 14: '14 días', 28: '28 días' },
  attention: {
    title: 'Qué necesita de usted',
    calm: 'Nada le necesita ahora mismo.',
    calmHint: 'Las campañas rechazadas, las conexiones caídas y las fuentes rotas aparecen aquí.',
  },
  incidents: {
    kinds: {
      platform_auth: 'La plataforma no acepta la conexión',
      platform_refusal: 'La plataforma rechazó un anuncio',
      feed_failing: 'Una fuente no responde',
      dead_letter: 'Un trabajo se dejó de intentar',
    },
    action: (kind: Incident['kind'], _said: string): string =>
      ({
        platform_auth:
          'Vuelva a conectar la cuenta en Ajustes y reintente; hasta entonces las cifras y los anuncios esperan.',
        platform_refusal: 'Lea lo que dijo la plataforma, corrija la campaña y publíquela de nuevo.',
        feed_failing: 'Abra su dirección en un navegador; corrija la fuente o quítela.',
        dead_letter: 'Corrija la causa y pida otro intento.',
      })[kind],
    since: (when: string) => `Desde ${when}`,
    times: (n: number) => (n === 1 ? 'una vez' : `${n} veces`),
    retry: 'Reintentar',
    retried: 'Se está intentando otra vez.',
    see: { campaign: 'Ver la campaña', connections: 'Ver las conexiones', feeds: 'Ver las fuentes' },
  },
  notices: {
    toAdministrators: 'Aviso a los administradores',
    open: 'Sigue abierto',
    over: 'Ya pasó',
    read: 'Marcar como leído',
  },
  figures: {
    title: 'Resultados',
    note: 'Según las plataformas',
    spend: 'Gasto',
    applications: 'Candidaturas',
    cost: 'Coste por candidatura',
    ctr: 'Clics por impresión (CTR)',
    cpc: 'Coste por clic (CPC)',
    before: (change: string, days: number) => `${change} frente a los ${days} días anteriores`,
    same: (days: number) => `Igual que los ${days} días anteriores`,
  },
  provisional: 'Día provisional: aún puede cambiar',
  charts: {
    spend: (currency: string) => `Gasto por día (${currency})`,
    applications: 'Candidaturas por día',
  },
  running: 'Campañas en marcha',
  noRunning: { title: 'Ninguna campaña en marcha.', action: 'Elegir una vacante' },
  newest: 'Vacantes recientes',
  noJobs: { title: 'Todavía no hay vacantes.', hint: 'Llegan solas cuando su ATS las envía.' },
  openJobs: (n: string) => `${n} abiertas`,
  runningCount: (n: string) => `${n} en total`,
  seeAll: 'Ver todas',
  atLeast: (n: string) => `${n} o más`,
}
