-- Whose session it is, so that all sessions of one person can be ended at once: HMAC-SHA-256 of the identity number under the session key.

alter table portal_session add column person_key bytea;
create index portal_session_person on portal_session (person_key) where person_key is not null;
comment on column portal_session.person_key is 'Keyed hash of who signed in, never the identity number; absent in a sign-in under way.';
