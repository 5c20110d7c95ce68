resource "google_identity_platform_config" "auth" {
  sign_in {
    email {
      enabled           = true
      password_required = true
    }
  }
  authorized_domains = distinct(["${var.project}.firebaseapp.com", "${var.project}.web.app", replace(local.console_url, "https://", "")])
  depends_on         = [google_project_service.api]
}

# Names the project to Identity Platform; it is public by nature and opens nothing but sign-in.
resource "google_apikeys_key" "web" {
  name         = "console"
  display_name = "Console"
  restrictions {
    api_targets {
      service = "identitytoolkit.googleapis.com"
    }
    api_targets {
      service = "securetoken.googleapis.com"
    }
  }
  depends_on = [google_project_service.api]
}

locals {
  console = "${path.module}/../web/dist"
  # What the console fetches first: where it is, and no secret.
  console_config = jsonencode({ local = false, projectId = var.project, apiKey = google_apikeys_key.web.key_string })
}

# The Google provider has no Firebase Hosting (it is in google-beta alone): the release goes through the Firebase command line,
# with headers and rewrites from firebase.json.
resource "terraform_data" "hosting" {
  triggers_replace = [
    sha256(local.console_config),
    filesha256("${path.module}/../firebase.json"),
    sha256(join("", [for file in fileset(local.console, "**") : filesha256("${local.console}/${file}") if file != "config.json"])),
  ]
  provisioner "local-exec" {
    working_dir = "${path.module}/.."
    command     = "printf '%s' \"$CONSOLE_CONFIG\" > web/dist/config.json && npx firebase deploy --only hosting --project ${var.project} --non-interactive"
    environment = {
      CONSOLE_CONFIG = local.console_config
    }
  }
  depends_on = [google_cloudfunctions2_function.function, google_cloud_run_service_iam_member.public]
}
