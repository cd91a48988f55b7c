-- A retired checkpoint is that of a projection whose tables have been replaced by another version's: nobody may write under it any more.
alter table kg.checkpoints add column retired boolean not null default false;

alter table kg.dead_letters add column attempts int not null default 1;
