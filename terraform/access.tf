locals {
  # What each function may do beyond reading and writing Firestore and publishing events. A test compares it with what the
  # function's code asks the wiring for.
  #   queues       where it may create tasks
  #   reads, keeps families of secrets in Secret Manager: read only, or make, replace and remove too
  #   also         schedules: may change the settable ones · probes: asks its dependencies how they are ·
  #                signs_in: exchanges passwords for tokens · writes_copy: may ask Gemini
  access = {
    api                = { queues = ["publish-meta", "publish-google-ads", "publish-amazon-ads", "urgent-meta", "urgent-google-ads", "urgent-amazon-ads", "sync-metrics", "sync-google-ads"], reads = [], keeps = ["ads", "clicks", "feed"], also = ["schedules", "probes", "signs_in", "writes_copy"] }
    ask-google-ads     = { queues = [], reads = ["ads"], keeps = [], also = [] }
    ingest-jobs        = { queues = [], reads = ["feed"], keeps = [], also = [] }
    pull-feeds         = { queues = [], reads = ["feed"], keeps = [], also = [] }
    track-click        = { queues = [], reads = ["clicks"], keeps = [], also = [] }
    handle-events      = { queues = ["publish-meta", "publish-google-ads", "publish-amazon-ads", "urgent-meta", "urgent-google-ads", "urgent-amazon-ads"], reads = [], keeps = [], also = [] }
    segment-candidates = { queues = [], reads = [], keeps = [], also = [] }
    publish-amazon-ads = { queues = ["publish-amazon-ads", "urgent-amazon-ads"], reads = ["ads"], keeps = [], also = [] }
    publish-meta       = { queues = ["publish-meta", "urgent-meta"], reads = ["ads"], keeps = [], also = [] }
    publish-google-ads = { queues = ["publish-google-ads", "urgent-google-ads"], reads = ["ads"], keeps = [], also = [] }
    schedule-sync      = { queues = ["sync-metrics", "sync-google-ads"], reads = [], keeps = [], also = [] }
    sync-metrics       = { queues = ["sync-metrics"], reads = ["ads"], keeps = [], also = [] }
    sync-google-ads    = { queues = ["sync-google-ads"], reads = ["ads"], keeps = [], also = [] }
    sweep              = { queues = ["publish-meta", "publish-google-ads", "publish-amazon-ads", "urgent-meta", "urgent-google-ads", "urgent-amazon-ads", "sync-metrics", "sync-google-ads"], reads = ["ads"], keeps = [], also = [] }
  }

  readers     = { for name, each in local.access : name => each.reads if length(each.reads) > 0 }
  keepers     = { for name, each in local.access : name => each.keeps if length(each.keeps) > 0 }
  enqueuers   = merge([for name, each in local.access : { for queue in each.queues : "${name}:${queue}" => { function = name, queue = queue } }]...)
  task_makers = toset([for name, each in local.access : name if length(each.queues) > 0])

  # Secrets are named <family>-<organisation>-...; a condition on the name is how IAM tells the families apart.
  secret_prefix = { for family in ["ads", "clicks", "feed"] : family => "projects/${local.number}/secrets/${family}-" }
}

resource "google_service_account" "function" {
  for_each     = local.functions
  account_id   = "fn-${each.key}"
  display_name = each.value.description
}

# Whom Cloud Tasks and Pub/Sub speak for when they call a function; the code accepts this account alone.
resource "google_service_account" "invoker" {
  account_id   = "invoker"
  display_name = "Calls the functions for Cloud Tasks and Pub/Sub"
}

# IAM cannot tell collections of one database apart: contacts are kept from advertising by the code and its tests.
resource "google_project_iam_member" "firestore" {
  for_each = local.functions
  project  = var.project
  role     = "roles/datastore.user"
  member   = google_service_account.function[each.key].member
  condition {
    title      = "this database"
    expression = "resource.name.startsWith(\"projects/${var.project}/databases/(default)\")"
  }
}

resource "google_pubsub_topic_iam_member" "events" {
  for_each = local.functions
  topic    = google_pubsub_topic.topic["domain-events"].id
  role     = "roles/pubsub.publisher"
  member   = google_service_account.function[each.key].member
}

resource "google_cloud_tasks_queue_iam_member" "enqueuer" {
  for_each = local.enqueuers
  location = var.region
  name     = google_cloud_tasks_queue.queue[each.value.queue].name
  role     = "roles/cloudtasks.enqueuer"
  member   = google_service_account.function[each.value.function].member
}

# A task carries the invoker's token: whoever makes one must be allowed to act as it.
resource "google_service_account_iam_member" "task_makers" {
  for_each           = local.task_makers
  service_account_id = google_service_account.invoker.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.function[each.key].member
}

resource "google_project_iam_member" "secret_reader" {
  for_each = local.readers
  project  = var.project
  role     = "roles/secretmanager.secretAccessor"
  member   = google_service_account.function[each.key].member
  condition {
    title      = "own families of secrets"
    expression = join(" || ", [for family in each.value : "resource.name.startsWith(\"${local.secret_prefix[family]}\")"])
  }
}

resource "google_project_iam_custom_role" "secret_keeper" {
  role_id = "adfluxSecretKeeper"
  title   = "AdFlux: replaces and removes secrets"
  permissions = [
    "secretmanager.secrets.delete",
    "secretmanager.secrets.get",
    "secretmanager.versions.access",
    "secretmanager.versions.add",
    "secretmanager.versions.destroy",
    "secretmanager.versions.list",
  ]
}

resource "google_project_iam_member" "secret_keeper" {
  for_each = local.keepers
  project  = var.project
  role     = google_project_iam_custom_role.secret_keeper.name
  member   = google_service_account.function[each.key].member
  condition {
    title      = "own families of secrets"
    expression = join(" || ", [for family in each.value : "resource.name.startsWith(\"${local.secret_prefix[family]}\")"])
  }
}

# To create is a permission on the project: no condition on a name can narrow it.
resource "google_project_iam_custom_role" "secret_maker" {
  role_id     = "adfluxSecretMaker"
  title       = "AdFlux: makes secrets"
  permissions = ["secretmanager.secrets.create"]
}

resource "google_project_iam_member" "secret_maker" {
  for_each = local.keepers
  project  = var.project
  role     = google_project_iam_custom_role.secret_maker.name
  member   = google_service_account.function[each.key].member
}

resource "google_project_iam_custom_role" "schedule_keeper" {
  role_id = "adfluxScheduleKeeper"
  title   = "AdFlux: changes, pauses and resumes schedules"
  permissions = [
    "cloudscheduler.jobs.enable",
    "cloudscheduler.jobs.get",
    "cloudscheduler.jobs.list",
    "cloudscheduler.jobs.pause",
    "cloudscheduler.jobs.update",
  ]
}

resource "google_project_iam_member" "schedule_keeper" {
  for_each = toset([for name, each in local.access : name if contains(each.also, "schedules")])
  project  = var.project
  role     = google_project_iam_custom_role.schedule_keeper.name
  member   = google_service_account.function[each.key].member
}

resource "google_project_iam_custom_role" "prober" {
  role_id     = "adfluxProber"
  title       = "AdFlux: sees whether its dependencies are there"
  permissions = ["cloudscheduler.jobs.get", "cloudtasks.queues.get", "pubsub.topics.get"]
}

resource "google_project_iam_member" "prober" {
  for_each = toset([for name, each in local.access : name if contains(each.also, "probes")])
  project  = var.project
  role     = google_project_iam_custom_role.prober.name
  member   = google_service_account.function[each.key].member
}

resource "google_secret_manager_secret_iam_member" "gemini" {
  for_each  = toset([for name, each in local.access : name if contains(each.also, "writes_copy")])
  secret_id = google_secret_manager_secret.gemini.id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.function[each.key].member
}
