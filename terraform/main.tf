terraform {
  required_version = ">= 1.6"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.50"
    }
    archive = {
      source  = "hashicorp/archive"
      version = "~> 2.7"
    }
  }
}

provider "google" {
  project = var.project
  region  = var.region
}

data "google_project" "this" {
  project_id = var.project
  depends_on = [google_project_service.api]
}

locals {
  # The one list of everything that is deployed, read by the build, the local stack and the tests too.
  manifest  = jsondecode(file("${path.module}/../functions/functions.json"))
  functions = local.manifest.functions
  queues    = local.manifest.queues
  topics    = toset(local.manifest.topics)
  schedules = local.manifest.schedules

  public     = { for name, each in local.functions : name => each if try(each.trigger.http.public, false) }
  machine    = { for name, each in local.functions : name => each if !can(each.trigger.http) }
  subscribed = { for name, each in local.functions : name => each if can(each.trigger.topic) }

  # Who of our own functions calls which one, as itself.
  callers = merge([for name, each in local.functions : { for caller in try(each.trigger.http.callers, []) : "${caller}:${name}" => { function = name, caller = caller } }]...)

  # Task addresses, push endpoints and token audiences are all "<this>/<function>": the code checks them to the letter.
  functions_url = "https://${var.region}-${var.project}.cloudfunctions.net"
  console_url   = coalesce(var.console_url, "https://${var.project}.web.app")
  number        = data.google_project.this.number
}

resource "google_project_service" "api" {
  for_each = toset([
    "apikeys.googleapis.com",
    "artifactregistry.googleapis.com",
    "cloudbuild.googleapis.com",
    "cloudfunctions.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "cloudscheduler.googleapis.com",
    "cloudtasks.googleapis.com",
    "firebase.googleapis.com",
    "firebasehosting.googleapis.com",
    "firebaserules.googleapis.com",
    "firestore.googleapis.com",
    "iam.googleapis.com",
    "identitytoolkit.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "pubsub.googleapis.com",
    "run.googleapis.com",
    "secretmanager.googleapis.com",
    "securetoken.googleapis.com",
    "storage.googleapis.com",
  ])
  service            = each.value
  disable_on_destroy = false
}
