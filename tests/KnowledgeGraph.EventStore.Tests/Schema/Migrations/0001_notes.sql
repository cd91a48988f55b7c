create table notes (name text not null);
