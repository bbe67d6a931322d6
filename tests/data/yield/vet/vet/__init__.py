"""Software of a veterinary practice: patients, appointments, vaccines, invoices, the pharmacy and boarding."""
