variable "project" {
  description = "Id of the Google Cloud project. It must be a Firebase project too: firebase projects:addfirebase <id>."
  type        = string
}

variable "region" {
  description = "Where functions, queues and schedules live. The rewrites of firebase.json name it as well."
  type        = string
  default     = "us-central1"
}

variable "database_location" {
  description = "Where Firestore keeps the data; cannot be changed later. A region, or a multi-region such as nam5 or eur3."
  type        = string
  default     = "nam5"
}

variable "console_url" {
  description = "Address of the console when it has a domain of its own; null for <project>.web.app."
  type        = string
  default     = null
}

variable "alert_email" {
  description = "Who is told when something needs a person."
  type        = string
}

variable "gemini" {
  description = "Let Gemini write ad copy. Needs a version in the secret gemini-api-key before the functions are deployed."
  type        = bool
  default     = false
}

variable "machine_ingress" {
  description = "Which network may reach the functions that only Cloud Tasks and Pub/Sub call."
  type        = string
  default     = "ALLOW_INTERNAL_ONLY"
}

variable "sync_silence_hours" {
  description = "Hours without one successful metrics sync after which somebody is told."
  type        = number
  default     = 3
}
