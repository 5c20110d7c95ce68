output "console_url" {
  description = "Where people sign in."
  value       = local.console_url
}

output "api_url" {
  description = "Base of the HTTP API."
  value       = "${local.functions_url}/api"
}

output "ingest_url" {
  description = "Where an ATS pushes jobs."
  value       = "${local.functions_url}/ingest-jobs"
}
