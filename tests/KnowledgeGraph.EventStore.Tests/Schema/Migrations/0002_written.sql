alter table notes add column written timestamptz null;
