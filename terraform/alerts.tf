resource "google_monitoring_notification_channel" "email" {
  display_name = "AdFlux administrators"
  type         = "email"
  labels = {
    email_address = var.alert_email
  }
  depends_on = [google_project_service.api]
}

locals {
  notify = [google_monitoring_notification_channel.email.id]
}

resource "google_monitoring_alert_policy" "dead_letters" {
  display_name          = "AdFlux: messages were given up"
  combiner              = "OR"
  notification_channels = local.notify
  documentation {
    content = "Pub/Sub delivered a message eight times in vain. Read it: gcloud pubsub subscriptions pull <topic>-dead --limit 10. What a recruiter must decide is in the console under dead letters."
  }
  conditions {
    display_name = "A dead-letter subscription holds messages"
    condition_threshold {
      filter          = "resource.type = \"pubsub_subscription\" AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\" AND resource.labels.subscription_id = monitoring.regex.full_match(\".*-dead\")"
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "60s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }
}

resource "google_monitoring_alert_policy" "errors" {
  display_name          = "AdFlux: functions fail"
  combiner              = "OR"
  notification_channels = local.notify
  documentation {
    content = "More than one request in twenty of a function ended with 5xx for ten minutes. The log entries of that time carry the correlation id."
  }
  conditions {
    display_name = "Over 5 % of requests answer 5xx"
    condition_threshold {
      filter             = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_count\" AND metric.labels.response_code_class = \"5xx\""
      denominator_filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_count\""
      comparison         = "COMPARISON_GT"
      threshold_value    = 0.05
      duration           = "600s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["resource.labels.service_name"]
      }
      denominator_aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["resource.labels.service_name"]
      }
    }
  }
}

resource "google_monitoring_alert_policy" "stale_metrics" {
  display_name          = "AdFlux: no fresh metrics"
  combiner              = "OR"
  notification_channels = local.notify
  documentation {
    content = "No metrics sync has ended well for ${var.sync_silence_hours} hours. Look at the queue sync-metrics, the schedule schedule-sync, and the connections in the console's settings."
  }
  conditions {
    display_name = "sync-metrics has not succeeded"
    condition_absent {
      filter   = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = \"sync-metrics\" AND metric.type = \"run.googleapis.com/request_count\" AND metric.labels.response_code_class = \"2xx\""
      duration = "${var.sync_silence_hours * 3600}s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
}

resource "google_monitoring_alert_policy" "stuck_queues" {
  display_name          = "AdFlux: tasks pile up"
  combiner              = "OR"
  notification_channels = local.notify
  documentation {
    content = "A queue has held more than 1,000 tasks for half an hour. An open breaker or a platform's limit is the usual cause; the tasks are safe."
  }
  conditions {
    display_name = "A queue holds over 1,000 tasks"
    condition_threshold {
      filter          = "resource.type = \"cloud_tasks_queue\" AND metric.type = \"cloudtasks.googleapis.com/queue/depth\""
      comparison      = "COMPARISON_GT"
      threshold_value = 1000
      duration        = "1800s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }
}
