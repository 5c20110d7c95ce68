locals {
  indexes = jsondecode(file("${path.module}/../firestore.indexes.json"))
}

resource "google_firestore_database" "default" {
  name                              = "(default)"
  location_id                       = var.database_location
  type                              = "FIRESTORE_NATIVE"
  concurrency_mode                  = "OPTIMISTIC"
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"
  depends_on                        = [google_project_service.api]
}

resource "google_firestore_backup_schedule" "daily" {
  database  = google_firestore_database.default.name
  retention = "1209600s"
  daily_recurrence {}
}

# The installation's kill switch. Without it everything stands stopped; once it is there, only people flip it.
resource "google_firestore_document" "installation_switch" {
  database    = google_firestore_database.default.name
  collection  = "control"
  document_id = "global"
  fields = jsonencode({
    state = { stringValue = "running" }
    by    = { stringValue = "system:terraform" }
    at    = { stringValue = plantimestamp() }
    why   = { nullValue = null }
  })
  lifecycle {
    ignore_changes = [fields]
  }
}

resource "google_firestore_index" "index" {
  for_each = {
    for each in local.indexes.indexes :
    "${each.collectionGroup}:${join(",", [for field in each.fields : "${field.fieldPath} ${field.order}"])}" => each
  }
  database    = google_firestore_database.default.name
  collection  = each.value.collectionGroup
  query_scope = each.value.queryScope
  dynamic "fields" {
    for_each = each.value.fields
    content {
      field_path = fields.value.fieldPath
      order      = fields.value.order
    }
  }
}

# An empty list of indexes takes a field out of every index: long texts that no query asks for.
resource "google_firestore_field" "field" {
  for_each   = { for each in local.indexes.fieldOverrides : "${each.collectionGroup}.${each.fieldPath}" => each }
  database   = google_firestore_database.default.name
  collection = each.value.collectionGroup
  field      = each.value.fieldPath
  index_config {
    dynamic "indexes" {
      for_each = each.value.indexes
      content {
        order        = try(indexes.value.order, null)
        array_config = try(indexes.value.arrayConfig, null)
        query_scope  = indexes.value.queryScope
      }
    }
  }
  dynamic "ttl_config" {
    for_each = try(each.value.ttl, false) ? [1] : []
    content {}
  }
}

resource "google_firebaserules_ruleset" "firestore" {
  source {
    files {
      name    = "firestore.rules"
      content = file("${path.module}/../firestore.rules")
    }
  }
  depends_on = [google_firestore_database.default]
}

resource "google_firebaserules_release" "firestore" {
  name         = "cloud.firestore"
  ruleset_name = "projects/${var.project}/rulesets/${google_firebaserules_ruleset.firestore.name}"
  lifecycle {
    replace_triggered_by = [google_firebaserules_ruleset.firestore]
  }
}
