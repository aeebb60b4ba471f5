-- Technical state shared by the server processes; holds no patient data.

create unlogged table dpop_proof (
  digest uuid primary key,
  expires timestamptz not null
);
create index dpop_proof_expires on dpop_proof (expires);
comment on table dpop_proof is 'distribution: local. Proofs seen (RFC 9449 section 11.1); lost in a crash, after which proofs made before the start of the database are refused.';

create table portal_session (
  id_digest bytea primary key,
  sealed bytea not null,
  created timestamptz not null,
  last_used timestamptz not null,
  expires timestamptz not null
);
comment on table portal_session is 'distribution: local. Sessions of the portals, sealed with the server''s key; the browser holds only a random cookie.';
