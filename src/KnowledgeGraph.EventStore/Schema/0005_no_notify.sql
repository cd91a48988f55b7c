-- A transaction that notifies holds one lock of the whole server over its flush: appends queued for it one by one. Readers ask instead,
-- see MarkWatch.cs.
drop trigger kg_notify_appended on events.mt_events;
drop function kg.notify_appended();
