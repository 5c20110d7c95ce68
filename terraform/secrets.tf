# Tokens of ad accounts (ads-...), webhook secrets (feed-...) and click keys (clicks-...) are made by the product, one per
# organisation; only what an operator provides is declared. Its value is added by hand, so that it is in no state file:
#   gcloud secrets versions add gemini-api-key --data-file=-
resource "google_secret_manager_secret" "gemini" {
  secret_id = "gemini-api-key"
  replication {
    auto {}
  }
  depends_on = [google_project_service.api]
}
