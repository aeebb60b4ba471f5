-- The role the server runs as. Migrations run as the owner; this role may only insert into and select from the log.
-- The role itself is made by kernel/store/migrate.ts, because roles belong to the cluster and not to the database.

grant usage on schema public to helsevev_runtime;
grant select, insert, update, delete on
  person, person_identifier, person_link,
  county, municipality, organization, practitioner_role, code_system, code_system_alias, code, code_equivalence,
  service_participation, sharing_agreement, controller_setting,
  patient_controller, dpop_proof, portal_session
  to helsevev_runtime;
grant select, insert on record to helsevev_runtime;
grant update (superseded) on record to helsevev_runtime;
grant select, insert on access_log, log_actor, log_segment, log_checkpoint to helsevev_runtime;
