create table count (
    id     text primary key references job (id),
    until  integer not null,
    result integer
);
-- The primary key is the test: no step may be done twice.
create table step (
    job_id text    not null,
    n      integer not null,
    worker text    not null,
    primary key (job_id, n)
);
