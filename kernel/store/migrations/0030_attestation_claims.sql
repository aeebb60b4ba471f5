-- What was claimed in an attestation that was refused: the look-up was refused too, and the row keeps what could be read of it.

alter table log_attestation add column claims text[] check (cardinality(claims) > 0);
comment on column log_attestation.claims is 'Set where the attestation was refused: members that could not be read, and what differs from the token. All of the row is then a claim.';
