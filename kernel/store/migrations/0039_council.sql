-- What bodies of national governance were asked, proposed and decided, and what it costs. No patient stands here: names are those of members
-- and case officers as public meeting packs print them. docs/council.md

create table council_pack (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  name text not null check (name <> ''),
  imported timestamptz not null,
  published timestamptz,
  published_by text check ((published_by is null) = (published is null))
);
comment on table council_pack is 'distribution: reference. Meeting packs that were imported, by the SHA-256 of their text. Everybody reads what a published one holds.';

create table council_body (
  name text primary key check (name <> ''),
  pack text not null references council_pack (digest),
  line integer not null check (line > 0)
);
comment on table council_body is 'distribution: reference. Bodies that packs name, with the line where each stands first.';

create table council_seat (
  body text not null references council_body (name),
  organization text not null check (organization <> ''),
  member text not null check (member <> ''),
  pack text not null references council_pack (digest),
  line integer not null check (line > 0),
  primary key (body, organization, member)
);
comment on table council_seat is 'distribution: reference. Seats of a body: the organisation, and who sits there as a notice lists it.';

create table council_meeting (
  body text not null references council_body (name),
  year integer not null check (year between 1990 and 2100),
  number integer not null check (number > 0),
  held date,
  starts text check (starts ~ '^[0-9]{2}:[0-9]{2}$'),
  ends text check (ends ~ '^[0-9]{2}:[0-9]{2}$'),
  place text,
  record text not null check (record in ('notice', 'minutes')),
  pack text not null references council_pack (digest),
  line integer not null check (line > 0),
  primary key (body, year, number)
);
comment on table council_meeting is 'distribution: reference. Meetings of a body; record is what the pack holds of it.';

create table council_attendance (
  body text not null,
  year integer not null,
  meeting integer not null,
  name text not null check (name <> ''),
  organization text not null,
  standing text not null check (standing in ('present', 'absent', 'deputy', 'staff')),
  stands_in_for text check ((stands_in_for is null) or standing = 'deputy'),
  pack text not null references council_pack (digest),
  line integer not null check (line > 0),
  primary key (body, year, meeting, name),
  foreign key (body, year, meeting) references council_meeting (body, year, number)
);
comment on table council_attendance is 'distribution: reference. Who was at a meeting, who was not, and who stood in.';

create table council_case (
  body text not null references council_body (name),
  year integer not null check (year between 1990 and 2100),
  number integer not null check (number > 0),
  meeting_year integer,
  meeting integer,
  title text not null check (title <> ''),
  type text check (type in ('Godkjenning', 'Orientering', 'Drøfting', 'Anbefaling', 'Tilslutning', 'Eventuelt')),
  begins text check (begins ~ '^[0-9]{2}:[0-9]{2}$'),
  note text,
  about text not null,
  sender text,
  handlers text,
  pack text not null references council_pack (digest),
  line integer not null check (line > 0),
  primary key (body, year, number),
  foreign key (body, meeting_year, meeting) references council_meeting (body, year, number)
);
comment on table council_case is 'distribution: reference. Cases by body, year and number, since two bodies have the same numbers. A case that another body''s pack quotes has no meeting.';

create table council_text (
  body text not null,
  year integer not null,
  number integer not null,
  kind text not null check (kind in ('proposal', 'decision')),
  state text not null check (state in ('proposed', 'adopted', 'changed', 'not-final')),
  content text not null check (content <> ''),
  pack text not null references council_pack (digest),
  line integer not null check (line > 0),
  primary key (body, year, number, kind),
  foreign key (body, year, number) references council_case (body, year, number),
  check ((kind = 'proposal') = (state = 'proposed'))
);
comment on table council_text is 'distribution: reference. The proposal of a case and, apart from it, the decision.';

create table council_input (
  body text not null,
  year integer not null,
  number integer not null,
  place integer not null check (place > 0),
  given_by text not null check (given_by <> ''),
  content text not null check (content <> ''),
  pack text not null references council_pack (digest),
  line integer not null check (line > 0),
  primary key (body, year, number, place),
  foreign key (body, year, number) references council_case (body, year, number)
);
comment on table council_input is 'distribution: reference. What was put in at the treatment of a case, and who gave it, in the order of the minutes.';

create table council_attachment (
  body text not null,
  year integer not null,
  number integer not null,
  label text not null check (label <> ''),
  title text not null check (title <> ''),
  standing text not null check (standing in ('held', 'linked', 'missing')),
  url text,
  held_line integer check ((held_line is not null) = (standing = 'held')),
  pack text not null references council_pack (digest),
  line integer not null check (line > 0),
  primary key (body, year, number, label),
  foreign key (body, year, number) references council_case (body, year, number)
);
comment on table council_attachment is 'distribution: reference. Attachments of a case: held in the pack, linked and not held, or missing.';

create table council_follow_up (
  body text not null,
  year integer not null,
  number integer not null,
  deadline date not null,
  content text not null check (content <> ''),
  owner text check (owner <> ''),
  status text not null default 'promised' check (status in ('promised', 'met', 'moved')),
  moved_to date check ((moved_to is not null) = (status = 'moved')),
  settled_by text,
  pack text not null references council_pack (digest),
  line integer not null check (line > 0),
  primary key (body, year, number, deadline),
  foreign key (body, year, number) references council_case (body, year, number)
);
comment on table council_follow_up is 'distribution: reference. What was promised for a day; the owner is null until somebody has settled who it is.';

create table council_cost (
  pack text not null references council_pack (digest),
  line integer not null check (line > 0),
  title text not null check (title <> ''),
  place integer not null check (place > 0),
  name text not null check (name <> ''),
  kind text not null check (kind in ('part', 'sum')),
  columns text[] not null,
  amounts numeric[] not null,
  primary key (title, place)
);
comment on table council_cost is 'distribution: reference. Rows of cost tables as stated, in millions of kroner by column; sums are computed when they are asked for.';

create table council_question (
  id text primary key check (id ~ '^[0-9a-f]{12}$'),
  content text not null,
  question text not null check (question <> ''),
  answer text check (answer <> ''),
  answered_by text,
  answered timestamptz,
  pack text not null references council_pack (digest),
  line integer not null check (line > 0),
  check ((answer is null) = (answered is null) and (answer is null) = (answered_by is null))
);
comment on table council_question is 'distribution: reference. What the import was not sure of, for a person to settle once.';

grant select, insert on council_pack, council_body, council_seat, council_meeting, council_attendance, council_case, council_text,
  council_input, council_attachment, council_follow_up, council_cost, council_question to helsevev_runtime;
grant update (published, published_by) on council_pack to helsevev_runtime;
create trigger council_pack_close_once before update on council_pack for each row
  execute function close_once('-', 'published', 'published_by');
grant update (answer, answered_by, answered) on council_question to helsevev_runtime;
grant update (owner, status, moved_to, settled_by) on council_follow_up to helsevev_runtime;
create trigger council_question_close_once before update on council_question for each row
  execute function close_once('-', 'answer', 'answered_by', 'answered');
