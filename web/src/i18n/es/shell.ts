export const shell = {
  skip: 'Ir al contenido',
  nav: 'Principal',
  openMenu: 'Abrir el menú',
  closeMenu: 'Cerrar el menú',
  close: 'Cerrar',
  sections: {
    today: 'Hoy',
    jobs: 'Vacantes',
    candidates: 'Candidatos',
    segments: 'Segmentos',
    campaigns: 'Campañas',
    feeds: 'Fuentes',
    settings: 'Ajustes',
  },
  account: 'Cuenta',
  language: 'Idioma',
  languages: { es: 'Español', en: 'Inglés (English)' },
  theme: 'Aspecto',
  themes: { system: 'Según el sistema', light: 'Claro', dark: 'Oscuro' },
  signOut: 'Cerrar sesión',
  stopped: {
    title: 'Toda la publicidad está parada.',
    installation: 'Quien opera AdFlux ha parado toda la publicidad de esta instalación.',
  },
  pulse: {
    live: 'En vivo',
    cached: 'Conectando',
    offline: 'Sin conexión',
  },
  pulseHint: {
    live: 'Lo que ve se actualiza solo.',
    cached: 'Se están pidiendo los datos al servidor.',
    offline: 'No hay respuesta del servidor: lo que ve puede ser anterior.',
  },
  roles: { viewer: 'Consulta', recruiter: 'Reclutador', approver: 'Aprobador', admin: 'Administrador' },
  demo: 'Demostración local',
  notFound: { title: 'Esta página no existe', hint: 'La dirección no lleva a ninguna pantalla.', back: 'Ir a Hoy' },
  crashed: {
    title: 'Esta parte no se pudo mostrar',
    hint: 'El resto de la consola sigue funcionando. Si se repite, envíe este texto a quien la administra.',
    retry: 'Probar de nuevo',
  },
}

export const signIn = {
  title: 'Entrar en AdFlux',
  lead: 'De la vacante al anuncio, y del anuncio a los candidatos.',
  email: 'Correo electrónico',
  password: 'Contraseña',
  submit: 'Entrar',
  busy: 'Entrando…',
  wrong: 'El correo o la contraseña no son correctos. Compruébelos e inténtelo de nuevo.',
  tooMany: 'Demasiados intentos seguidos. Espere unos minutos.',
  unreachable: 'No hay respuesta del servicio de acceso. Compruebe la conexión e inténtelo de nuevo.',
  linkExpired: 'Esa dirección de acceso ya no vale. Entre con su correo, o pida otra dirección.',
  starting: 'Abriendo la consola…',
  broken: {
    title: 'La consola no pudo arrancar',
    hint: 'No se pudo leer su configuración. Recargue la página; si sigue igual, avise a quien administra AdFlux.',
    retry: 'Recargar',
  },
  homeless: {
    title: 'Su cuenta aún no pertenece a ninguna organización',
    hint: (email: string) => `Ha entrado como ${email}. Pida a un administrador de su organización que le dé acceso.`,
  },
}

export const states = {
  loading: 'Cargando…',
  denied: {
    title: 'Su función no permite ver esto',
    hint: 'Puede concederlo un administrador de su organización.',
  },
  offline: {
    title: 'Sin conexión con el servidor',
    hint: 'Se mostrará en cuanto vuelva la conexión; no hace falta recargar.',
  },
  absent: { title: 'No existe', hint: 'Puede que la dirección esté mal escrita o que sea de otra organización.' },
}

export const problems = {
  unreachable: {
    title: 'No hubo respuesta',
    remedy: 'Puede que la petición llegara o no. Repetirla no la hará dos veces.',
  },
  unexpected: { title: 'Algo falló en esta página', remedy: 'Recargue e inténtelo de nuevo.' },
  retry: 'Probar de nuevo',
  code: 'Copiar el código',
  copied: 'Copiado',
}

export const common = {
  unknown: 'Sin datos todavía',
  showMore: 'Mostrar más',
  moreFailed: 'No llegaron las siguientes; pruebe otra vez.',
  newRows: (n: number) => (n === 1 ? '1 fila nueva: mostrar' : `${n} filas nuevas: mostrar`),
  shown: (n: number, more: boolean) => (more ? `${n} mostradas, hay más` : n === 1 ? '1 en total' : `${n} en total`),
  filter: 'Filtro',
  all: 'Todas',
  clearFilters: 'Quitar los filtros',
  cancel: 'Cancelar',
  done: 'Listo',
  save: 'Guardar',
  saved: 'Guardado.',
  undo: 'Deshacer',
  yes: 'Sí',
  no: 'No',
  view: 'Ver',
  asTable: 'Ver como tabla',
  asChart: 'Ver como gráfico',
  day: 'Día',
  zone: (zone: string) => `Hora de ${zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone}`,
  more: (n: number) => `y ${n} más`,
}
