-- One set of codes scored against the taxonomy above a dataset's labels.
create table scoring (
    id          text primary key references job (id),
    codes       text   not null,
    dataset     text   not null,
    -- label of the dataset to wnid
    labels      jsonb  not null,
    config      jsonb  not null,
    -- The layer's numbers; null until the job has succeeded.
    report      jsonb,
    version     bigint not null
);
