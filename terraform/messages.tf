# A task carries the address of its function; a queue whose function bears another name (urgent-*) needs nothing more here.
resource "google_cloud_tasks_queue" "queue" {
  for_each = local.queues
  name     = each.key
  location = var.region

  rate_limits {
    max_dispatches_per_second = each.value.maxDispatchesPerSecond
    max_concurrent_dispatches = each.value.maxConcurrentDispatches
  }
  retry_config {
    max_attempts  = each.value.maxAttempts
    min_backoff   = "${each.value.minBackoffSeconds}s"
    max_backoff   = "${each.value.maxBackoffSeconds}s"
    max_doublings = each.value.maxDoublings
  }
  stackdriver_logging_config {
    sampling_ratio = 1
  }
  depends_on = [google_project_service.api]
}

resource "google_pubsub_topic" "topic" {
  for_each   = local.topics
  name       = each.key
  depends_on = [google_project_service.api]
}

# A message that was refused eight times is kept for a week, to be looked at.
resource "google_pubsub_topic" "dead" {
  for_each   = local.topics
  name       = "${each.key}-dead"
  depends_on = [google_project_service.api]
}

resource "google_pubsub_subscription" "dead" {
  for_each                   = local.topics
  name                       = "${each.key}-dead"
  topic                      = google_pubsub_topic.dead[each.key].id
  message_retention_duration = "604800s"
  expiration_policy {
    ttl = ""
  }
}

# Our own push subscription, not an Eventarc trigger: it gives the token the audience that the code demands, and dead letters.
resource "google_pubsub_subscription" "function" {
  for_each             = local.subscribed
  name                 = each.key
  topic                = google_pubsub_topic.topic[each.value.trigger.topic].id
  ack_deadline_seconds = min(600, each.value.timeoutSeconds + 30)
  # A tick is worth nothing once the next one is due; an event is worth a week.
  message_retention_duration = startswith(each.value.trigger.topic, "tick-") ? "600s" : "604800s"

  push_config {
    push_endpoint = "${local.functions_url}/${each.key}"
    oidc_token {
      service_account_email = google_service_account.invoker.email
      audience              = "${local.functions_url}/${each.key}"
    }
  }
  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }
  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead[each.value.trigger.topic].id
    max_delivery_attempts = 8
  }
  expiration_policy {
    ttl = ""
  }
  depends_on = [google_cloud_run_service_iam_member.machine]
}

locals {
  pubsub_agent = "serviceAccount:service-${local.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_service_account_iam_member" "pubsub_tokens" {
  service_account_id = google_service_account.invoker.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.pubsub_agent
}

resource "google_pubsub_topic_iam_member" "dead" {
  for_each = local.topics
  topic    = google_pubsub_topic.dead[each.key].id
  role     = "roles/pubsub.publisher"
  member   = local.pubsub_agent
}

resource "google_pubsub_subscription_iam_member" "forwarder" {
  for_each     = local.subscribed
  subscription = google_pubsub_subscription.function[each.key].id
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}

resource "google_cloud_scheduler_job" "fixed" {
  for_each  = { for name, each in local.schedules : name => each if !each.settable }
  name      = each.key
  region    = var.region
  schedule  = each.value.cron
  time_zone = each.value.timeZone
  pubsub_target {
    topic_name = google_pubsub_topic.topic[each.value.topic].id
    data       = base64encode(jsonencode({ schedule = each.key }))
  }
}

resource "google_cloud_scheduler_job" "settable" {
  for_each  = { for name, each in local.schedules : name => each if each.settable }
  name      = each.key
  region    = var.region
  schedule  = each.value.cron
  time_zone = each.value.timeZone
  pubsub_target {
    topic_name = google_pubsub_topic.topic[each.value.topic].id
    data       = base64encode(jsonencode({ schedule = each.key }))
  }
  # Changed in Settings or by `adflux schedules set`: a deployment must not set them back.
  lifecycle {
    ignore_changes = [schedule, time_zone, paused]
  }
}
