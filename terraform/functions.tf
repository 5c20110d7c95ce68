resource "google_storage_bucket" "source" {
  name                        = "${var.project}-functions"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age                = 90
      num_newer_versions = 3
    }
  }
  versioning {
    enabled = true
  }
}

# What `npm run build` made; the archive is the same for the same content.
data "archive_file" "function" {
  for_each    = local.functions
  type        = "zip"
  source_dir  = "${path.module}/../dist/functions/${each.key}"
  output_path = "${path.module}/.build/${each.key}.zip"
}

resource "google_storage_bucket_object" "function" {
  for_each = local.functions
  bucket   = google_storage_bucket.source.name
  name     = "${each.key}-${data.archive_file.function[each.key].output_md5}.zip"
  source   = data.archive_file.function[each.key].output_path
}

# The default account of Cloud Build may do far more than build.
resource "google_service_account" "build" {
  account_id   = "build"
  display_name = "Builds the functions"
}

resource "google_project_iam_member" "build" {
  for_each = toset(["roles/artifactregistry.writer", "roles/logging.logWriter", "roles/storage.objectViewer"])
  project  = var.project
  role     = each.value
  member   = google_service_account.build.member
}

resource "google_cloudfunctions2_function" "function" {
  for_each    = local.functions
  name        = each.key
  location    = var.region
  description = each.value.description

  build_config {
    runtime         = local.manifest.runtime
    entry_point     = each.key
    service_account = google_service_account.build.id
    source {
      storage_source {
        bucket = google_storage_bucket.source.name
        object = google_storage_bucket_object.function[each.key].name
      }
    }
  }

  service_config {
    available_memory                 = each.value.memory
    timeout_seconds                  = each.value.timeoutSeconds
    max_instance_count               = each.value.maxInstances
    max_instance_request_concurrency = each.value.concurrency
    # More than one request at a time needs a whole processor.
    available_cpu         = each.value.concurrency > 1 ? "1" : null
    service_account_email = google_service_account.function[each.key].email
    # A function that calls another comes from outside, as long as no network of our own joins them: IAM and the code stand before it.
    ingress_settings               = can(each.value.trigger.http) ? "ALLOW_ALL" : var.machine_ingress
    all_traffic_on_latest_revision = true

    environment_variables = merge(
      {
        GOOGLE_CLOUD_PROJECT = var.project
        ADFLUX_LOCATION      = var.region
        ADFLUX_FUNCTIONS_URL = local.functions_url
        ADFLUX_CONSOLE_URL   = local.console_url
        LOG_LEVEL            = "info"
        # Caps and hands through request bodies before the framework could buffer them.
        NODE_OPTIONS = "--import ./preload.mjs"
      },
      contains(local.access[each.key].also, "signs_in") ? { ADFLUX_WEB_API_KEY = google_apikeys_key.web.key_string } : {},
    )

    dynamic "secret_environment_variables" {
      for_each = var.gemini && contains(local.access[each.key].also, "writes_copy") ? [google_secret_manager_secret.gemini.secret_id] : []
      content {
        key        = "GEMINI_API_KEY"
        project_id = var.project
        secret     = secret_environment_variables.value
        version    = "latest"
      }
    }
  }

  depends_on = [google_project_service.api, google_project_iam_member.build]
}

# The public functions check their own callers: ID tokens, API keys, signatures.
resource "google_cloud_run_service_iam_member" "public" {
  for_each = local.public
  location = var.region
  service  = google_cloudfunctions2_function.function[each.key].name
  role     = "roles/run.invoker"
  member   = "allUsers"
}

resource "google_cloud_run_service_iam_member" "caller" {
  for_each = local.callers
  location = var.region
  service  = google_cloudfunctions2_function.function[each.value.function].name
  role     = "roles/run.invoker"
  member   = google_service_account.function[each.value.caller].member
}

resource "google_cloud_run_service_iam_member" "machine" {
  for_each = local.machine
  location = var.region
  service  = google_cloudfunctions2_function.function[each.key].name
  role     = "roles/run.invoker"
  member   = google_service_account.invoker.member
}
