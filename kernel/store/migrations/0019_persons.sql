-- An attestation that does not say who chose is kept as it was: nothing is filled in.
alter table log_attestation alter column user_selected drop not null;
