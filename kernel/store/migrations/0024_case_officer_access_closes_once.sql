-- What was opened to case officers, by whom and why, is evidence: it is closed once, and keeps what it holds.
create trigger case_officer_access_close_once before update on case_officer_access for each row execute function
  close_once('valid_until', 'ended_by', 'ended_reason', '-');
