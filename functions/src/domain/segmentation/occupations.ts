/** A field of work as segments are named after it, with the skills (normal form, Spanish and English) that tell it. */
export interface Occupation {
  es: string
  en: string
  skills: readonly string[]
}

const list = (text: string): string[] => text.split(',').map((skill) => skill.trim())

/** Skills that many fields share (SQL, Excel, Git, English) are left out: they would not tell one field from another. */
export const OCCUPATIONS: readonly Occupation[] = [
  {
    es: 'Desarrollo backend',
    en: 'Backend developers',
    skills: list(
      'java, spring, spring boot, node.js, nodejs, node, express, nestjs, django, flask, fastapi, php, laravel, symfony, ruby, ruby on rails, go, golang, c#, .net, asp.net, kotlin, scala, elixir, rust, rest api, rest apis, apis rest, graphql, microservices, microservicios, postgresql, mysql, mongodb, redis, kafka, rabbitmq, back-end web developer, backend, backend developer',
    ),
  },
  {
    es: 'Desarrollo frontend',
    en: 'Frontend developers',
    skills: list(
      'javascript, typescript, react, react.js, angular, vue, vue.js, svelte, next.js, html, html5, css, css3, sass, tailwind, redux, webpack, jquery, bootstrap, accessibility, accesibilidad web, front-end web developer, frontend, frontend developer, web developer',
    ),
  },
  {
    es: 'Desarrollo móvil',
    en: 'Mobile developers',
    skills: list(
      'android, ios, swift, swiftui, flutter, react native, dart, jetpack compose, xamarin, objective-c, mobile developer, desarrollo movil',
    ),
  },
  {
    es: 'Datos y analítica',
    en: 'Data and analytics',
    skills: list(
      'python, pandas, numpy, r, machine learning, aprendizaje automatico, deep learning, tensorflow, pytorch, scikit-learn, spark, airflow, dbt, snowflake, bigquery, power bi, tableau, looker, etl, data science, ciencia de datos, data analysis, analisis de datos, statistics, estadistica, nlp, matlab, statsmodels, sklearn, scipy, keras, data scientist, data scientist / data engineer, machine learning specialist, developer with stats math background',
    ),
  },
  {
    es: 'Infraestructura y nube',
    en: 'Cloud and infrastructure',
    skills: list(
      'aws, azure, gcp, google cloud, docker, kubernetes, terraform, ansible, jenkins, ci/cd, linux, bash, prometheus, grafana, devops, networking, redes, systems administrator, administracion de sistemas, database administrator, sre, sysadmin',
    ),
  },
  {
    es: 'Calidad de software',
    en: 'Software quality',
    skills: list(
      'selenium, cypress, playwright, junit, test automation, automatizacion de pruebas, manual testing, pruebas manuales, postman, jmeter, quality assurance, quality assurance engineer, qa, istqb',
    ),
  },
  {
    es: 'Diseño',
    en: 'Design',
    skills: list(
      'figma, sketch, adobe xd, photoshop, illustrator, indesign, ux, ui, ux research, investigacion ux, user experience design, prototyping, prototipado, branding, graphic designer, diseno grafico, graphic design, after effects, design systems, sistemas de diseno',
    ),
  },
  {
    es: 'Producto y proyectos',
    en: 'Product and projects',
    skills: list(
      'scrum, agile, agilidad, kanban, jira, product management, gestion de producto, project management, gestion de proyectos, roadmapping, product manager, pmp, okr, user stories, historias de usuario',
    ),
  },
  {
    es: 'Marketing digital',
    en: 'Digital marketing',
    skills: list(
      'seo, sem, google ads, meta ads, google analytics, content marketing, marketing de contenidos, social media, redes sociales, community management, email marketing, copywriting, redaccion, marketing automation, hubspot, branding digital',
    ),
  },
  {
    es: 'Ventas',
    en: 'Sales',
    skills: list(
      'ventas, sales, negociacion, negotiation, prospeccion, prospecting, cierre de ventas, closing, crm, salesforce, cuentas clave, key accounts, b2b, telemarketing, televentas, retail, merchandising',
    ),
  },
  {
    es: 'Atención al cliente',
    en: 'Customer service',
    skills: list(
      'atencion al cliente, customer service, customer support, servicio al cliente, call center, zendesk, soporte, resolucion de conflictos, conflict resolution, customer success, pqr',
    ),
  },
  {
    es: 'Contabilidad y finanzas',
    en: 'Accounting and finance',
    skills: list(
      'contabilidad, accounting, niif, ifrs, impuestos, tax, tesoreria, treasury, auditoria, audit, facturacion, invoicing, nomina, payroll, sap, presupuestos, budgeting, analisis financiero, financial analysis, conciliacion bancaria, cartera',
    ),
  },
  {
    es: 'Talento humano',
    en: 'Human resources',
    skills: list(
      'seleccion de personal, recruiting, recruitment, talent acquisition, reclutamiento, capacitacion, training, clima laboral, relaciones laborales, labor relations, onboarding, human resources, recursos humanos, sst',
    ),
  },
  {
    es: 'Salud y enfermería',
    en: 'Nursing and health care',
    skills: list(
      'enfermeria, nursing, cuidado del paciente, patient care, primeros auxilios, first aid, triaje, triage, uci, intensive care, farmacia, pharmacy, signos vitales, vital signs, vacunacion, vaccination, historia clinica, medical records, bacteriologia',
    ),
  },
  {
    es: 'Logística y bodega',
    en: 'Logistics and warehouse',
    skills: list(
      'logistica, logistics, inventarios, inventory, bodega, warehouse, montacargas, forklift, picking, despacho, dispatch, transporte, transport, conduccion, driving, licencia c2, comercio exterior, foreign trade, cadena de suministro, supply chain, rutas',
    ),
  },
  {
    es: 'Producción y mantenimiento',
    en: 'Production and maintenance',
    skills: list(
      'mantenimiento, maintenance, electricidad, electrical, soldadura, welding, mecanica, mechanics, plc, produccion, production, lean manufacturing, control de calidad, quality control, hidraulica, hydraulics, neumatica, pneumatics, cnc, autocad, seguridad industrial, industrial safety',
    ),
  },
  {
    es: 'Gastronomía y hotelería',
    en: 'Hospitality and food',
    skills: list(
      'cocina, cooking, panaderia, baking, bar, bartending, mesa y bar, table service, recepcion hotelera, front desk, hoteleria, hospitality, manipulacion de alimentos, food safety, barismo, barista, pasteleria',
    ),
  },
  {
    es: 'Educación',
    en: 'Education',
    skills: list(
      'docencia, teaching, pedagogia, pedagogy, planeacion curricular, curriculum design, tutoria, tutoring, educacion infantil, early childhood education, evaluacion educativa, e-learning',
    ),
  },
  {
    es: 'Construcción',
    en: 'Construction',
    skills: list(
      'construccion, construction, obra civil, civil works, albanileria, masonry, revit, topografia, surveying, presupuesto de obra, interventoria, estructuras, structures',
    ),
  },
]
